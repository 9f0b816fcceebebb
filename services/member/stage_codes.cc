#include "services/member/stage_codes.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace concord::member {
namespace {

constexpr StageCode kStageCodes[] = {
    // Preliminary.
    {"00.00", "Idea received"},
    {"00.20", "Idea looked into"},
    {"00.60", "Idea looked into to the end"},
    {"00.98", "Idea dropped"},
    {"00.99", "Idea to be put to the vote"},
    // Proposal.
    {"10.00", "Proposal received"},
    {"10.20", "Vote on the proposal begun"},
    {"10.60", "Vote on the proposal over"},
    {"10.92", "Proposal back to its author"},
    {"10.98", "Proposal refused"},
    {"10.99", "Project approved"},
    // Preparatory.
    {"20.00", "Project in the work programme"},
    {"20.20", "Working draft begun"},
    {"20.60", "Working draft commented on"},
    {"20.98", "Given up before a committee draft"},
    {"20.99", "Working draft to become the committee draft"},
    // Committee.
    {"30.00", "Committee draft received"},
    {"30.20", "Committee draft before the committee"},
    {"30.60", "Committee draft commented on"},
    {"30.92", "Committee draft back to its authors"},
    {"30.98", "Given up before the enquiry"},
    {"30.99", "Committee draft to become the enquiry draft"},
    // Enquiry.
    {"40.00", "Enquiry draft received"},
    {"40.20", "Vote on the enquiry draft begun"},
    {"40.60", "Vote on the enquiry draft over"},
    {"40.92", "Enquiry draft back to the committee"},
    {"40.93", "Enquiry to be held again"},
    {"40.98", "Given up after the enquiry"},
    {"40.99", "Enquiry draft to become the final draft"},
    // Approval.
    {"50.00", "Final draft received"},
    {"50.20", "Vote on the final draft or proof-reading begun"},
    {"50.60", "Vote on the final draft or proof-reading over"},
    {"50.92", "Final draft back to the committee"},
    {"50.98", "Given up before publication"},
    {"50.99", "Final draft to be published"},
    // Publication.
    {"60.00", "Being published"},
    {"60.60", "Published"},
    // Review.
    {"90.20", "Review begun"},
    {"90.60", "Review over"},
    {"90.92", "To be revised"},
    {"90.93", "Confirmed"},
    {"90.99", "To be withdrawn"},
    // Withdrawal.
    {"95.20", "Vote on the withdrawal begun"},
    {"95.60", "Vote on the withdrawal over"},
    {"95.92", "Not to be withdrawn"},
    {"95.99", "Withdrawn"},
};

// Null if there is no such code.
const StageCode* Find(absl::string_view code) {
  const auto* found = std::lower_bound(std::begin(kStageCodes), std::end(kStageCodes), code,
                                       [](const StageCode& a, absl::string_view b) { return a.code < b; });
  return found != std::end(kStageCodes) && found->code == code ? found : nullptr;
}

bool HasShapeOfCode(absl::string_view code) {
  const auto digit = [&](size_t i) { return absl::ascii_isdigit(static_cast<unsigned char>(code[i])); };
  return code.size() == 5 && digit(0) && digit(1) && code[2] == '.' && digit(3) && digit(4);
}

// The first two digits of all codes, each once.
std::vector<absl::string_view> Stages() {
  std::vector<absl::string_view> stages;
  for (const StageCode& known : kStageCodes) {
    const absl::string_view stage = known.code.substr(0, 2);
    if (stages.empty() || stages.back() != stage) stages.push_back(stage);
  }
  return stages;
}

// The last two digits of the codes of a stage.
std::vector<absl::string_view> SubStagesOf(absl::string_view stage) {
  std::vector<absl::string_view> sub_stages;
  for (const StageCode& known : kStageCodes) {
    if (absl::StartsWith(known.code, stage)) sub_stages.push_back(known.code.substr(3));
  }
  return sub_stages;
}

}  // namespace

absl::Span<const StageCode> StageCodes() { return kStageCodes; }

bool IsStageCode(absl::string_view code) { return Find(code) != nullptr; }

absl::string_view NameOfStage(absl::string_view code) {
  const StageCode* known = Find(code);
  return known == nullptr ? absl::string_view() : known->name;
}

bool IsAbandoned(absl::string_view code) { return IsStageCode(code) && absl::EndsWith(code, ".98"); }

void CheckStageCode(absl::string_view code, absl::string_view field, Violations& violations) {
  if (IsStageCode(code)) return;
  if (!HasShapeOfCode(code)) {
    violations.Add(field,
                   "must be a harmonised stage code such as \"40.20\": two digits of the stage, a point, two of the "
                   "sub-stage");
    return;
  }
  const absl::string_view stage = code.substr(0, 2);
  const std::vector<absl::string_view> known = SubStagesOf(stage);
  if (known.empty()) {
    violations.Add(field, absl::StrCat("there is no stage ", stage, ", only ", absl::StrJoin(Stages(), ", ")));
  } else {
    violations.Add(field, absl::StrCat("stage ", stage, " has no sub-stage ", code.substr(3), ", only ",
                                       absl::StrJoin(known, ", ")));
  }
}

}  // namespace concord::member
