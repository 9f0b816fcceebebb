#include "services/member/stage_codes.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

namespace concord::member {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

std::vector<std::pair<std::string, std::string>> ViolationsOfCode(absl::string_view code) {
  Violations violations;
  CheckStageCode(code, "stage", violations);
  return ViolationsOf(violations.ToStatus());
}

TEST(StageCodes, AreThoseThatArePublished) {
  // Stage by stage, the sub-stages that there are.
  const std::vector<std::pair<std::string, std::vector<std::string>>> expected = {
      {"00", {"00", "20", "60", "98", "99"}},
      {"10", {"00", "20", "60", "92", "98", "99"}},
      {"20", {"00", "20", "60", "98", "99"}},
      {"30", {"00", "20", "60", "92", "98", "99"}},
      {"40", {"00", "20", "60", "92", "93", "98", "99"}},
      {"50", {"00", "20", "60", "92", "98", "99"}},
      {"60", {"00", "60"}},
      {"90", {"20", "60", "92", "93", "99"}},
      {"95", {"20", "60", "92", "99"}},
  };
  std::vector<std::string> codes;
  for (const auto& [stage, sub_stages] : expected) {
    for (const std::string& sub_stage : sub_stages) codes.push_back(absl::StrCat(stage, ".", sub_stage));
  }
  std::vector<std::string> known;
  for (const StageCode& stage : StageCodes()) known.emplace_back(stage.code);
  EXPECT_EQ(known.size(), 46);
  EXPECT_EQ(known, codes);
  EXPECT_TRUE(std::is_sorted(known.begin(), known.end())) << "they are looked up by halves";
}

TEST(StageCodes, HaveNamesThatTellThemApart) {
  std::set<absl::string_view> names;
  for (const StageCode& stage : StageCodes()) {
    EXPECT_TRUE(IsStageCode(stage.code));
    EXPECT_EQ(NameOfStage(stage.code), stage.name);
    EXPECT_TRUE(names.insert(stage.name).second) << stage.name;
  }
  EXPECT_EQ(NameOfStage("40.21"), "");
}

TEST(StageCodes, IncludeThoseThatRulesAskFor) {
  EXPECT_EQ(NameOfStage(kProjectApproved), "Project approved");
  EXPECT_EQ(NameOfStage(kProjectRegistered), "Project in the work programme");
  EXPECT_EQ(NameOfStage(kEnquiryRegistered), "Enquiry draft received");
  EXPECT_EQ(NameOfStage(kPublished), "Published");
  EXPECT_EQ(NameOfStage(kWithdrawn), "Withdrawn");
}

TEST(StageCodes, TellWhatWasGivenUp) {
  std::vector<absl::string_view> abandoned;
  for (const StageCode& stage : StageCodes()) {
    if (IsAbandoned(stage.code)) abandoned.push_back(stage.code);
  }
  EXPECT_THAT(abandoned, ElementsAre("00.98", "10.98", "20.98", "30.98", "40.98", "50.98"));
  EXPECT_FALSE(IsAbandoned("60.98")) << "there is no such code";
}

TEST(StageCodes, AllowNothingElse) {
  EXPECT_THAT(ViolationsOfCode("40.20"), IsEmpty());
  for (const char* code : {"", "40", "4020", "40.2", "40.200", "40,20", "4o.20", " 40.20", "40.20 ", "60.6O"}) {
    EXPECT_FALSE(IsStageCode(code)) << code;
    EXPECT_THAT(ViolationsOfCode(code), ElementsAre(Pair("stage", HasSubstr("such as \"40.20\"")))) << code;
  }
}

TEST(StageCodes, SayWhatThereIsInsteadOfAnUnknownOne) {
  EXPECT_THAT(ViolationsOfCode("60.92"), ElementsAre(Pair("stage", "stage 60 has no sub-stage 92, only 00, 60")));
  EXPECT_THAT(ViolationsOfCode("70.00"),
              ElementsAre(Pair("stage", "there is no stage 70, only 00, 10, 20, 30, 40, 50, 60, 90, 95")));
}

}  // namespace
}  // namespace concord::member
