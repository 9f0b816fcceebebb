#include "services/action/activity_rules.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/aip/evidence.h"
#include "common/aip/limits.h"
#include "common/status/macros.h"
#include "services/action/members.h"
#include "services/action/records.h"

namespace concord::action {
namespace {

void CheckDates(const v1::Activity& activity, absl::string_view prefix, Violations& violations) {
  if (activity.has_start_date()) aip::CheckDay(activity.start_date(), FieldPath(prefix, "start_date"), violations);
  if (!activity.has_end_date()) return;
  const std::string field = FieldPath(prefix, "end_date");
  aip::CheckDay(activity.end_date(), field, violations);
  if (aip::IsDay(activity.start_date()) && aip::IsDay(activity.end_date()) &&
      aip::ToDay(activity.end_date()) < aip::ToDay(activity.start_date())) {
    violations.Add(field, "must not be before start_date");
  }
}

void CheckParticipations(const v1::Activity& activity, const std::string& field, Violations& violations) {
  aip::CheckCount(activity.participations_size(), field, 500, violations);
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < activity.participations_size(); ++i) {
    const v1::Participation& participation = activity.participations(i);
    const std::string path = absl::StrCat(field, "[", i, "]");
    const std::string member = FieldPath(path, "member");
    CheckOptionalMember(participation.member(), member, violations);
    if (!seen.insert(participation.member()).second) violations.Add(member, "is counted already: each member once");
    // 0 is refused as absent.
    const int count = participation.participant_count();
    if (count != 0) aip::CheckNumber(count, FieldPath(path, "participant_count"), 1, 1'000'000, violations);
  }
}

absl::Status CheckWrite(rpc::Context& context, const v1::Activity* /*before*/, v1::Activity& after) {
  CONCORD_RETURN_IF_ERROR(OpenActionOf(context, after.name()).status());
  if (after.participations().empty() || aip::ToDay(after.start_date()) <= context.today()) return absl::OkStatus();
  Violations violations;
  violations.Add("activity.participations", "must be empty until the first day has come: nobody can have taken part");
  return violations.ToStatus();
}

}  // namespace

void CheckActivityValues(const v1::Activity& activity, absl::string_view prefix, Violations& violations) {
  const auto path = [&](absl::string_view field) { return FieldPath(prefix, field); };
  aip::CheckText(activity.title(), path("title"), 1, 200, violations);
  aip::CheckLabels(activity.labels(), path("labels"), violations);
  CheckDates(activity, prefix, violations);
  aip::CheckText(activity.place(), path("place"), 0, 200, violations);
  CheckOptionalMember(activity.organizer(), path("organizer"), violations);
  CheckParticipations(activity, path("participations"), violations);
  if (activity.reach_count() < 0) violations.Add(path("reach_count"), "must not be negative");
  aip::CheckText(activity.description(), path("description"), 0, 4'000, violations);
  aip::CheckEvidence(activity.evidence(), path("evidence"), violations);
}

rpc::ResourceRules ActivityRules() {
  return RecordRules<v1::Activity>{CheckActivityValues, CheckWrite}.ForAnyMessage();
}

}  // namespace concord::action
