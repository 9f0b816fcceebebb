// Work items.
#include <algorithm>
#include <string>
#include <utility>

#include "common/aip/date.h"
#include "services/concordctl/directory_comparison.h"

namespace concord::ctl {
namespace {

using google::protobuf::RepeatedPtrField;
using member::v1::StageEvent;
using member::v1::WorkItem;

using Events = RepeatedPtrField<StageEvent>;

constexpr char kPublishedStage[] = "60.60";

bool IsSame(const StageEvent& a, const StageEvent& b) {
  return a.stage() == b.stage() && aip::ToDay(a.date()) == aip::ToDay(b.date());
}

// Those that are recorded, and those that are new, in the order of their days: people record stages, too.
Events Joined(const Events& there, const Events& told) {
  Events all = there;
  for (const StageEvent& event : told) {
    if (std::none_of(there.begin(), there.end(), [&](const StageEvent& other) { return IsSame(other, event); })) {
      *all.Add() = event;
    }
  }
  // Without a new one they stay as they are.
  if (all.size() > there.size()) {
    std::stable_sort(all.begin(), all.end(), [](const StageEvent& a, const StageEvent& b) {
      return aip::ToDay(a.date()) < aip::ToDay(b.date());
    });
  }
  return all;
}

// Where there are events, stage and publication follow from them.
void JoinEvents(const WorkItem& there, WorkItem& wanted) {
  *wanted.mutable_stage_events() = Joined(there.stage_events(), wanted.stage_events());
  const Events& events = wanted.stage_events();
  if (events.empty()) return;
  wanted.set_stage(events[events.size() - 1].stage());
  const auto published = std::find_if(events.begin(), events.end(),
                                      [](const StageEvent& event) { return event.stage() == kPublishedStage; });
  if (published != events.end()) *wanted.mutable_publication_date() = published->date();
}

}  // namespace

void CompareWorkItems(const DirectoryComparison& all) {
  CollectionComparison<WorkItem> rows(all, DirectoryCollection::kWorkItems, all.state.work_items);
  absl::flat_hash_map<std::string, const WorkItem*> by_source;
  for (const WorkItem& item : all.state.work_items) {
    if (!item.source_id().empty() && !item.has_delete_time()) by_source[item.source_id()] = &item;
  }
  for (const auto& [item, origin] : all.directory.work_items) {
    WorkItem wanted = item;
    // One that another committee has taken over keeps its name, and so its history.
    const auto known = wanted.source_id().empty() ? by_source.end() : by_source.find(wanted.source_id());
    if (known != by_source.end() && known->second->name() != wanted.name()) {
      wanted.set_name(known->second->name());
      all.report.Note(origin, "a project that is of another committee now: it stays where it was recorded first");
    }
    const WorkItem* there = rows.Find(wanted.name());
    if (there == nullptr && wanted.title().empty()) wanted.set_title(wanted.reference());
    if (there != nullptr) JoinEvents(*there, wanted);
    rows.Put(std::move(wanted), origin);
  }
  rows.Finish();
}

}  // namespace concord::ctl
