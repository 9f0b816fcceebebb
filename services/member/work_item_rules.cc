#include "services/member/work_item_rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/aip/date.h"
#include "common/aip/limits.h"
#include "common/aip/resource_name.h"
#include "concord/member/v1/error_reason.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/member/findings.h"
#include "services/member/limit_dates.h"
#include "services/member/record_rules.h"
#include "services/member/references.h"
#include "services/member/stage_codes.h"

namespace concord::member {
namespace {

using google::protobuf::RepeatedPtrField;

// "NN", "NN.NNN" or "NN.NNN.NN": field, group, subgroup.
bool IsIcsCode(absl::string_view code) {
  constexpr absl::string_view kShape = "NN.NNN.NN";
  if (code.size() != 2 && code.size() != 6 && code.size() != kShape.size()) return false;
  return std::equal(code.begin(), code.end(), kShape.begin(), [](char c, char shape) {
    return shape == '.' ? c == '.' : absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool IsPriority(absl::string_view name) {
  static const auto& objective = *new aip::NamePattern("plans/{plan}/objectives/{objective}");
  static const auto& action = *new aip::NamePattern("plans/{plan}/actions/{action}");
  return objective.Matches(name) || action.Matches(name);
}

// At most 20, each once, and each such that `fits`; `rule` says what fits.
void CheckEach(const RepeatedPtrField<std::string>& values, const std::string& field, bool (*fits)(absl::string_view),
               absl::string_view rule, Violations& violations) {
  aip::CheckCount(values.size(), field, 20, violations);
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < values.size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    if (!fits(values[i])) violations.Add(path, rule);
    if (!seen.insert(values[i]).second) violations.Add(path, "is named already: each once");
  }
}

void CheckStages(const v1::WorkItem& item, absl::string_view prefix, Violations& violations) {
  const std::string field = absl::StrCat(prefix, ".stage_events");
  aip::CheckCount(item.stage_events_size(), field, kStageEventsLimit, violations);
  for (int i = 0; i < item.stage_events_size(); ++i) {
    const std::string path = absl::StrCat(field, "[", i, "]");
    CheckStageCode(item.stage_events(i).stage(), absl::StrCat(path, ".stage"), violations);
    aip::CheckDay(item.stage_events(i).date(), absl::StrCat(path, ".date"), violations);
  }
  if (!item.stage().empty()) CheckStageCode(item.stage(), absl::StrCat(prefix, ".stage"), violations);
}

// When it first came to a stage.
absl::optional<absl::CivilDay> FirstDayAt(const v1::WorkItem& item, absl::string_view stage) {
  const auto& events = item.stage_events();
  const auto found = std::find_if(events.begin(), events.end(),
                                  [stage](const v1::StageEvent& event) { return event.stage() == stage; });
  if (found == events.end()) return absl::nullopt;
  return aip::ToDay(found->date());
}

void DeriveLimits(v1::WorkItem& item) {
  item.clear_enquiry_limit_date();
  item.clear_publication_limit_date();
  // The approval starts the clock. Where it is not known, the entry into the work programme stands for it.
  absl::optional<absl::CivilDay> registration = FirstDayAt(item, kProjectApproved);
  if (!registration.has_value()) registration = FirstDayAt(item, kProjectRegistered);
  if (!registration.has_value()) return;
  const LimitDates limits = LimitDatesOf(*registration, item.track_months());
  if (limits.enquiry.has_value()) *item.mutable_enquiry_limit_date() = aip::FromDay(*limits.enquiry);
  if (limits.publication.has_value()) *item.mutable_publication_limit_date() = aip::FromDay(*limits.publication);
}

// Where there are events they decide; without any, what the source says stays.
void Derive(v1::WorkItem& item) {
  item.clear_stage_date();
  if (item.stage_events_size() > 0) {
    const v1::StageEvent& last = item.stage_events(item.stage_events_size() - 1);
    item.set_stage(last.stage());
    *item.mutable_stage_date() = last.date();
  }
  const auto published = FirstDayAt(item, kPublished);
  if (published.has_value()) *item.mutable_publication_date() = aip::FromDay(*published);
  DeriveLimits(item);
}

void JudgeDates(rpc::Context& context, const v1::WorkItem& item, Found& found) {
  const auto add = [&](v1::ErrorReason reason, absl::string_view sentence, const v1::StageEvent& event) {
    found.push_back(
        MakeError(absl::StatusCode::kFailedPrecondition, reason, sentence,
                  {{"name", item.name()}, {"stage", event.stage()}, {"date", aip::FormatDate(event.date())}}));
  };
  for (int i = 0; i < item.stage_events_size(); ++i) {
    const v1::StageEvent& event = item.stage_events(i);
    const absl::CivilDay day = aip::ToDay(event.date());
    if (i > 0 && day < aip::ToDay(item.stage_events(i - 1).date())) {
      add(v1::ERROR_REASON_STAGE_OUT_OF_ORDER,
          "{name} cannot have come to {stage} on {date}: the event before it is of a later day", event);
    }
    if (day > context.today()) {
      add(v1::ERROR_REASON_STAGE_IN_FUTURE, "{name} cannot have come to {stage} on {date}, which is in the future",
          event);
    }
  }
}

// What a change leaves as it was is not held against it if it has gone since; what was broken from the start stays on
// record as long as it is.
void JudgePriorities(rpc::Context& context, const v1::WorkItem* before, const v1::WorkItem& after, Found& found) {
  const bool comes_to_life = before == nullptr || rpc::IsDeleted(*before);
  for (const std::string& priority : after.priorities()) {
    const bool is_new = comes_to_life || std::find(before->priorities().begin(), before->priorities().end(),
                                                   priority) == before->priorities().end();
    if (!is_new && before->findings().empty()) continue;  // So its plan is not even looked at.
    absl::Status living = CheckLiving(context, after.name(), priority);
    if (living.ok()) continue;
    if (is_new || IsKept(living, before->findings())) found.push_back(std::move(living));
  }
}

Found JudgeWorkItem(rpc::Context& context, const v1::WorkItem* before, const v1::WorkItem& after) {
  Found found;
  JudgeDates(context, after, found);
  JudgePriorities(context, before, after, found);
  return found;
}

}  // namespace

void CheckWorkItemValues(const v1::WorkItem& item, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return absl::StrCat(prefix, ".", field); };
  aip::CheckText(item.title(), path("title"), 1, 600, violations);
  aip::CheckLabels(item.labels(), path("labels"), violations);
  aip::CheckText(item.reference(), path("reference"), 0, 120, violations);
  CheckStages(item, prefix, violations);
  if (item.track_months() != 0 && !IsTrack(item.track_months())) {
    violations.Add(path("track_months"), "must be 18, 24, 36 or 48, or 0 where no track was chosen");
  }
  if (item.has_publication_date()) aip::CheckDay(item.publication_date(), path("publication_date"), violations);
  aip::CheckNumber(item.edition(), path("edition"), 0, 1'000, violations);
  CheckEach(item.ics_codes(), path("ics_codes"), IsIcsCode,
            "must be a code such as \"03\", \"03.100\" or \"03.100.30\": two digits of the field, three of the group, "
            "two of the subgroup",
            violations);
  CheckEach(item.priorities(), path("priorities"), IsPriority,
            "must be a name like \"plans/{plan}/objectives/{objective}\" or \"plans/{plan}/actions/{action}\"",
            violations);
  aip::CheckText(item.source_id(), path("source_id"), 0, 60, violations);
}

rpc::ResourceRules WorkItemRules() {
  return RecordRules<v1::WorkItem>{CheckWorkItemValues, Derive, JudgeWorkItem}.ForAnyMessage();
}

}  // namespace concord::member
