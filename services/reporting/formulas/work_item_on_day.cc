#include "services/reporting/formulas/work_item_on_day.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"

namespace concord::reporting {
namespace {

using member::v1::WorkItem;

// Harmonised stage codes; their order is that of their digits.
constexpr absl::string_view kApproved = "10.99";
constexpr absl::string_view kRegistered = "20.00";
constexpr absl::string_view kPublished = "60.60";
constexpr absl::string_view kWithdrawn = "95.99";
constexpr absl::string_view kGivenUpStage = ".98";

bool IsHeldBy(const member::v1::Committee& committee, const std::string& holder, absl::CivilDay day) {
  const member::v1::SecretariatPeriod* period = SecretariatOn(committee, day);
  return period != nullptr && period->member() == holder;
}

bool IsOfIcs(const WorkItem& item, const std::string& ics) {
  const std::string below = absl::StrCat(ics, ".");
  return std::any_of(item.ics_codes().begin(), item.ics_codes().end(),
                     [&](const std::string& code) { return code == ics || absl::StartsWith(code, below); });
}

}  // namespace

WorkItemOnDay::WorkItemOnDay(const WorkItem& item, absl::CivilDay day) {
  absl::optional<absl::CivilDay> approved;
  absl::optional<absl::CivilDay> registered;
  for (const member::v1::StageEvent& event : item.stage_events()) {
    const absl::CivilDay date = aip::ToDay(event.date());
    if (date > day) continue;
    if (!approved.has_value() && event.stage() == kApproved) approved = date;
    if (!registered.has_value() && event.stage() == kRegistered) registered = date;
    stage_ = event.stage();
    stage_day_ = date;
  }
  registration_ = approved.has_value() ? approved : registered;
  if (item.has_publication_date()) {
    const absl::CivilDay date = aip::ToDay(item.publication_date());
    if (date <= day) publication_ = date;
  }
  const bool before_publication = item.has_publication_date() && !publication_.has_value();
  if (item.stage_events().empty() && !before_publication) stage_ = item.stage();
}

bool WorkItemOnDay::IsPublished() const {
  return publication_.has_value() || (stage_ >= kPublished && !absl::EndsWith(stage_, kGivenUpStage));
}

bool WorkItemOnDay::IsGivenUp() const { return !publication_.has_value() && absl::EndsWith(stage_, kGivenUpStage); }

bool WorkItemOnDay::IsWithdrawn() const { return stage_ == kWithdrawn; }

bool WorkItemOnDay::IsActive() const { return stage_ >= kApproved && !IsPublished() && !IsGivenUp(); }

ParameterDefinition IcsParameter() {
  return {.key = "ics",
          .description =
              "Only work items of this field, group or subgroup of the International Classification for "
              "Standards, for example 03.100",
          .kind = ParameterDefinition::Kind::kIcs};
}

ParameterDefinition SecretariatParameter() {
  return {.key = "secretariat",
          .description = "Only work items of committees whose secretariat this member held on the day",
          .kind = ParameterDefinition::Kind::kMember};
}

ParameterDefinition TrackParameter() {
  return {.key = "track",
          .description = "Only work items on the track of so many months: 18, 24, 36 or 48",
          .kind = ParameterDefinition::Kind::kWord,
          .words = "18|24|36|48"};
}

void ForEachWorkItem(const FormulaRecords& records, const FormulaArguments& arguments,
                     const std::function<void(const WorkItem&)>& visit) {
  const Committees committees = Committees::Ever(records, arguments.TextIfAny("committee"));
  const std::string ics = arguments.TextIfAny("ics");
  int track = 0;
  const bool one_track = absl::SimpleAtoi(arguments.TextIfAny("track"), &track);
  const std::string holder = arguments.TextIfAny("secretariat");
  for (const WorkItem* item : records.work_items) {
    const member::v1::Committee* committee = committees.OfChild(item->name());
    if (committee == nullptr || !(holder.empty() || IsHeldBy(*committee, holder, arguments.day()))) continue;
    if (!ics.empty() && !IsOfIcs(*item, ics)) continue;
    if (one_track && item->track_months() != track) continue;
    visit(*item);
  }
}

}  // namespace concord::reporting
