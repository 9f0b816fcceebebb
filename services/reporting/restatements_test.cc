#include "services/reporting/restatements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/reporting/proto_of.h"

namespace concord::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPublished[] =
    "plan: 'p' delivery { progress { value: 0.5 } } computed_health { level: HEALTH_LEVEL_AT_RISK } "
    "objective_scores { objective: 'o1' outcome { attainment { value: 0 } } } "
    "objective_scores { objective: 'o2' action_counts { total_count: 3 } }";

std::vector<std::string> Restated(const std::string& current) {
  std::vector<std::string> texts;
  for (const v1::Restatement& one :
       FindRestatements(ProtoOf<v1::Scorecard>(kPublished), ProtoOf<v1::Scorecard>(current))) {
    texts.push_back(absl::StrCat(one.resource(), " ", one.figure(), ": ", one.published(), " -> ", one.current()));
  }
  return texts;
}

TEST(Restatements, AreNoneWhereNothingIsAnotherFigure) {
  EXPECT_THAT(Restated(kPublished), IsEmpty());
  std::string nearly = kPublished;
  nearly.replace(nearly.find("0.5"), 3, "0.50004");
  EXPECT_THAT(Restated(nearly), IsEmpty()) << "it reads the same";
}

TEST(Restatements, TellWhatWasPublishedAndWhatIsKnownNow) {
  EXPECT_THAT(Restated("plan: 'p' delivery { progress { value: 0.6254 } } computed_health { level: "
                       "HEALTH_LEVEL_ON_TRACK } objective_scores { objective: 'o1' } "
                       "objective_scores { objective: 'o2' action_counts { total_count: 4 } }"),
              ElementsAre("p progress: 50.0 % -> 62.5 %", "p health: at risk -> on track",
                          "o1 attainment: 0.0 % -> no data", "o2 actions: 3 -> 4"));
}

TEST(Restatements, TellWhichObjectivesCameAndWent) {
  EXPECT_THAT(Restated("plan: 'p' delivery { progress { value: 0.5 } } computed_health { level: HEALTH_LEVEL_AT_RISK } "
                       "objective_scores { objective: 'o1' outcome { attainment { value: 0 } } } "
                       "objective_scores { objective: 'o3' }"),
              ElementsAre("o2 objective: there -> not there", "o3 objective: not there -> there"));
}

}  // namespace
}  // namespace concord::reporting
