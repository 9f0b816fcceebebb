#include "services/objective/roll_up_links.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "services/objective/parse_fixture.h"
#include "tests/support/status_matchers.h"

namespace concord::objective {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using v1::Indicator;

constexpr char kKind[] = "kind: KIND_FLOW frequency: FREQUENCY_YEARLY ";

class RollUpLinks : public ::testing::Test {
 protected:
  RollUpLinks() {
    for (const char* id : {"a", "b", "c"}) Put(id, "unit: 'seats'");
  }

  void Put(const std::string& id, const std::string& more) {
    indicators_[id] = ParseOver<Indicator>(absl::StrCat("name: '", id, "' ", kKind), more);
  }

  FindIndicator find_ = [this](const std::string& name) {
    const auto found = indicators_.find(name);
    return found == indicators_.end() ? nullptr : &found->second;
  };

  absl::Status Fits(const std::string& roll_up, const std::string& unit = "seats") {
    return CheckInputsFit(
        rpc::Parse<Indicator>(absl::StrCat("name: 'top' unit: '", unit, "' ", kKind, "roll_up { ", roll_up, " }")),
        find_);
  }

  std::map<std::string, Indicator> indicators_;
};

TEST_F(RollUpLinks, NeedInputsThatLive) {
  EXPECT_THAT(Fits("method: METHOD_SUM inputs { indicator: 'a' } inputs { indicator: 'b' }"), IsOk());
  const absl::Status status = Fits("method: METHOD_SUM inputs { indicator: 'a' } inputs { indicator: 'gone' }");
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN));
  EXPECT_EQ(MetadataOf(status, "name"), "top");
  EXPECT_EQ(MetadataOf(status, "reference"), "gone");
}

TEST_F(RollUpLinks, NeedTheSameUnitKindAndFrequency) {
  Put("unit", "unit: 'courses'");
  Put("kind", "unit: 'seats' kind: KIND_STOCK");
  Put("frequency", "unit: 'seats' frequency: FREQUENCY_MONTHLY");
  const std::map<std::string, std::pair<std::string, std::string>> wrong = {
      {"unit", {"seats", "courses"}}, {"kind", {"FLOW", "STOCK"}}, {"frequency", {"YEARLY", "MONTHLY"}}};
  for (const auto& [property, values] : wrong) {
    const absl::Status status = Fits(absl::StrCat("method: METHOD_MAXIMUM inputs { indicator: '", property, "' }"));
    EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_MISMATCH)) << property;
    EXPECT_EQ(MetadataOf(status, "input"), property);
    EXPECT_EQ(MetadataOf(status, "property"), property);
    EXPECT_EQ(MetadataOf(status, "wanted"), values.first);
    EXPECT_EQ(MetadataOf(status, "found"), values.second);
  }
}

TEST_F(RollUpLinks, OfARatioHaveOneUnitAboveAndOneBelow) {
  Put("x", "unit: 'members'");
  const std::string a = "inputs { indicator: 'a' role: ROLE_NUMERATOR } ";
  const std::string b = "inputs { indicator: 'b' role: ROLE_NUMERATOR } ";
  const std::string x_below = "inputs { indicator: 'x' role: ROLE_DENOMINATOR } ";
  const std::string c_below = "inputs { indicator: 'c' role: ROLE_DENOMINATOR } ";
  EXPECT_THAT(Fits(absl::StrCat("method: METHOD_RATIO ", a, x_below, b), "seats per member"), IsOk());
  const absl::Status status = Fits(absl::StrCat("method: METHOD_RATIO ", a, x_below, c_below), "seats per member");
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_MISMATCH));
  EXPECT_EQ(MetadataOf(status, "wanted"), "members");
  EXPECT_EQ(MetadataOf(status, "found"), "seats");
}

TEST_F(RollUpLinks, OfAPercentageAreOfOneUnitAboveAndBelow) {
  Put("x", "unit: 'members'");
  const std::string above = "method: METHOD_RATIO inputs { indicator: 'a' role: ROLE_NUMERATOR } ";
  EXPECT_THAT(Fits(above + "inputs { indicator: 'b' role: ROLE_DENOMINATOR }", "%"), IsOk());
  const absl::Status status = Fits(above + "inputs { indicator: 'x' role: ROLE_DENOMINATOR }", "%");
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_MISMATCH));
  EXPECT_EQ(MetadataOf(status, "input"), "x");
  EXPECT_EQ(MetadataOf(status, "wanted"), "seats");
  EXPECT_EQ(MetadataOf(status, "found"), "members");
}

TEST_F(RollUpLinks, OfAnyOtherRatioAreNotOfItsOwnUnit) {
  Put("x", "unit: 'members'");
  const std::string ratio =
      "method: METHOD_RATIO inputs { indicator: 'a' role: ROLE_NUMERATOR } "
      "inputs { indicator: 'x' role: ROLE_DENOMINATOR }";
  EXPECT_THAT(Fits(ratio, "seats/member"), IsOk());
  for (const char* unit : {"seats", "members"}) {
    const absl::Status status = Fits(ratio, unit);
    EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_MISMATCH)) << unit;
    EXPECT_EQ(MetadataOf(status, "found"), unit);
  }
}

TEST_F(RollUpLinks, AddUpNoPercentagesWithinARatio) {
  for (const char* id : {"p", "q", "r"}) Put(id, "unit: '%'");
  const std::string one = "method: METHOD_RATIO inputs { indicator: 'p' role: ROLE_NUMERATOR } ";
  const std::string below = "inputs { indicator: 'q' role: ROLE_DENOMINATOR } ";
  EXPECT_THAT(Fits(one + below, "times"), IsOk());
  const absl::Status status = Fits(one + below + "inputs { indicator: 'r' role: ROLE_NUMERATOR }", "times");
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_MISMATCH));
  EXPECT_EQ(MetadataOf(status, "input"), "r");
}

TEST_F(RollUpLinks, FormNoCircle) {
  Put("b", "unit: 'seats' roll_up { method: METHOD_SUM inputs { indicator: 'c' } }");
  Put("c", "unit: 'seats' roll_up { method: METHOD_SUM inputs { indicator: 'a' } }");
  Indicator a = indicators_["a"];
  EXPECT_THAT(CheckNoCircle(a, find_), IsOk());
  a.mutable_roll_up()->add_inputs()->set_indicator("b");
  const absl::Status status = CheckNoCircle(a, find_);
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_ROLL_UP_CYCLE));
  EXPECT_EQ(MetadataOf(status, "cycle"), "a -> b -> c -> a");
  a.mutable_roll_up()->mutable_inputs(0)->set_indicator("a");
  EXPECT_EQ(MetadataOf(CheckNoCircle(a, find_), "cycle"), "a -> a");
}

TEST_F(RollUpLinks, AreFoundByTheirInput) {
  const auto user = rpc::Parse<Indicator>("roll_up { inputs { indicator: 'a' } inputs { indicator: 'b' } }");
  EXPECT_TRUE(HasInput(user, "b"));
  EXPECT_FALSE(HasInput(user, "c"));
  EXPECT_FALSE(HasInput(indicators_["a"], "a"));
}

}  // namespace
}  // namespace concord::objective
