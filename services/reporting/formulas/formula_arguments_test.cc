#include "services/reporting/formulas/formula_arguments.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace concord::reporting {
namespace {

using Kind = ParameterDefinition::Kind;

std::vector<ParameterDefinition> Definitions() {
  return {CommitteeParameter(),
          {.key = "from", .description = "A day", .kind = Kind::kDay},
          GroupsParameter(),
          {.key = "ics", .description = "A field", .kind = Kind::kIcs},
          {.key = "kind", .description = "A word", .kind = Kind::kWord, .standard = "all", .words = "all|some"},
          PlanParameter(),
          {.key = "top", .description = "A number", .standard = "6", .least = 1, .most = 10}};
}

// What is wrong with a parameter, the plan being said; "" if nothing is.
std::string WrongWith(const std::string& key, const std::string& value) {
  GivenParameters given;
  given["plan"] = "plans/p";
  given[key] = value;
  Violations violations;
  CheckParameters(Definitions(), given, violations);
  if (violations.empty()) return "";
  const auto [field, description] = ViolationsOf(violations.ToStatus()).front();
  return absl::StrCat(field, " ", description);
}

TEST(CheckParameters, TakesWhatIsGood) {
  for (const auto& [key, value] : std::vector<std::pair<std::string, std::string>>{{"committee", "committees/34"},
                                                                                   {"from", "2011-12-31"},
                                                                                   {"groups", "ldc,income-low"},
                                                                                   {"ics", "03"},
                                                                                   {"ics", "03.100"},
                                                                                   {"ics", "03.100.30"},
                                                                                   {"kind", "some"},
                                                                                   {"kind", ""},
                                                                                   {"top", "1"},
                                                                                   {"top", "10"}}) {
    EXPECT_EQ(WrongWith(key, value), "") << key << " " << value;
  }
}

TEST(CheckParameters, SaysWhatWouldBeRight) {
  EXPECT_EQ(WrongWith("committee", "members/34"), "parameters.committee must be a name like \"committees/34\"");
  EXPECT_EQ(WrongWith("from", "2011-02-30"), "parameters.from must be a day such as 2011-12-31");
  EXPECT_EQ(WrongWith("groups", "ldc,,x"),
            "parameters.groups must be groups such as \"income-low,ldc\", at most 20, joined by commas");
  EXPECT_EQ(WrongWith("groups", "LDC"), WrongWith("groups", "ldc,,x"));
  EXPECT_EQ(WrongWith("groups", absl::StrJoin(std::vector<std::string>(21, "ldc"), ",")), WrongWith("groups", "LDC"));
  EXPECT_EQ(WrongWith("ics", "3"), "parameters.ics must be a field, group or subgroup such as 03, 03.100 or 03.100.30");
  EXPECT_EQ(WrongWith("ics", "03.100.3"), WrongWith("ics", "3"));
  EXPECT_EQ(WrongWith("kind", "none"), "parameters.kind must be one of all, some");
  EXPECT_EQ(WrongWith("plan", "p"), "parameters.plan must be a name like \"plans/iso-2011-2015\"");
  EXPECT_EQ(WrongWith("plan", ""), "parameters.plan must be set");
  EXPECT_EQ(WrongWith("top", "0"), "parameters.top must be a whole number from 1 to 10");
  EXPECT_EQ(WrongWith("top", "11"), WrongWith("top", "0"));
  EXPECT_EQ(WrongWith("top", "six"), WrongWith("top", "0"));
  EXPECT_EQ(
      WrongWith("window", "1"),
      "parameters.window is no parameter of this formula; those are committee, from, groups, ics, kind, plan, top");
}

TEST(CheckParameters, TellsOfManyThatDoNotExistOnlyTheFirst) {
  GivenParameters given;
  for (int i = 0; i < 1000; ++i) given[absl::StrCat("x", i)] = "1";
  Violations violations;
  CheckParameters({}, given, violations);
  EXPECT_EQ(violations.size(), 10);
}

TEST(FormulaArguments, HaveWhatWasSaidOrElseWhatHoldsByDefault) {
  GivenParameters given;
  given["from"] = "2011-12-31";
  given["top"] = "3";
  given["kind"] = "";
  const FormulaArguments arguments(absl::CivilDay(2012, 1, 1), Definitions(), given);
  EXPECT_EQ(arguments.day(), absl::CivilDay(2012, 1, 1));
  EXPECT_EQ(arguments.Day("from"), absl::CivilDay(2011, 12, 31));
  EXPECT_EQ(arguments.Number("top"), 3);
  EXPECT_EQ(arguments.Text("kind"), "all");
  EXPECT_EQ(arguments.Text("committee"), "");
  EXPECT_EQ(arguments.TextIfAny("nothing"), "");
  EXPECT_EQ(arguments.List("groups").size(), 3);
}

}  // namespace
}  // namespace concord::reporting
