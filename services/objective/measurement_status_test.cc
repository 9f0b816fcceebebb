#include "services/objective/measurement_status.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/objective/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::objective {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using v1::Indicator;
using v1::Measurement;

#define EXPECT_REFUSED(status, reason) EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::reason))

constexpr absl::CivilDay kLater(2016, 1, 1);  // All periods are over.

Measurement Make(const std::string& name, int year, const std::string& more) {
  return rpc::Parse<Measurement>(absl::StrCat("name: '", name, "' period { start_date { year: ", year,
                                              " month: 1 day: 1 } end_date { year: ", year, " month: 12 day: 31 } } ",
                                              more));
}

const std::vector<Measurement::Status>& AllStatuses() {
  static const auto& all = *new std::vector<Measurement::Status>{
      Measurement::STATUS_DRAFT, Measurement::STATUS_SUBMITTED, Measurement::STATUS_APPROVED,
      Measurement::STATUS_RETURNED, Measurement::STATUS_SUPERSEDED};
  return all;
}

TEST(MeasurementStatus, LeadsOnlyWhereItIsSaid) {
  int moves = 0;
  for (const Measurement::Status from : AllStatuses()) {
    for (const Measurement::Status to : AllStatuses()) moves += LeadsTo(from, to) ? 1 : 0;
  }
  EXPECT_EQ(moves, 4);
  EXPECT_TRUE(LeadsTo(Measurement::STATUS_DRAFT, Measurement::STATUS_SUBMITTED));
  EXPECT_TRUE(LeadsTo(Measurement::STATUS_RETURNED, Measurement::STATUS_SUBMITTED));
  EXPECT_TRUE(LeadsTo(Measurement::STATUS_SUBMITTED, Measurement::STATUS_APPROVED));
  EXPECT_TRUE(LeadsTo(Measurement::STATUS_SUBMITTED, Measurement::STATUS_RETURNED));
}

TEST(MeasurementStatus, IsRefusedAsAWholeWhereItDoesNotLead) {
  const Indicator indicator;
  for (const Measurement::Status from : AllStatuses()) {
    Measurement before = Make("m", 2011, "no_data { reason: 'R' } return_reason: 'before'");
    before.set_status(from);
    const auto stays = [&](Measurement::Status to, const auto& move) {
      Measurement after = before;
      const absl::Status status = move(after);
      EXPECT_EQ(status.ok(), LeadsTo(from, to)) << from << " to " << to;
      if (status.ok()) {
        EXPECT_EQ(after.status(), to);
      } else {
        EXPECT_REFUSED(status, ERROR_REASON_WRONG_MEASUREMENT_STATUS);
        EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
      }
    };
    stays(Measurement::STATUS_SUBMITTED, [&](Measurement& after) { return Submit(indicator, {}, kLater, after); });
    stays(Measurement::STATUS_RETURNED, [&](Measurement& after) { return Return("again", after); });
    stays(Measurement::STATUS_APPROVED,
          [&](Measurement& after) { return Approve(indicator, {}, kLater, after).status(); });
  }
}

TEST(MeasurementStatus, ToldWhenReturnedAndForgottenWhenSubmittedAgain) {
  Measurement measurement = Make("m", 2011, "no_data { reason: 'R' } status: STATUS_SUBMITTED");
  ASSERT_THAT(Return("which courses?", measurement), IsOk());
  EXPECT_EQ(measurement.return_reason(), "which courses?");
  ASSERT_THAT(Submit(Indicator(), {}, kLater, measurement), IsOk());
  EXPECT_EQ(measurement.return_reason(), "");
}

TEST(Submit, WantsAValueWithEvidenceOrAReason) {
  const auto submit = [](const std::string& more) {
    Measurement measurement = Make("m", 2011, absl::StrCat("status: STATUS_DRAFT ", more));
    return Submit(Indicator(), {}, kLater, measurement);
  };
  EXPECT_REFUSED(submit(""), ERROR_REASON_RESULT_MISSING);
  EXPECT_REFUSED(submit("evidence { title: 'T' }"), ERROR_REASON_RESULT_MISSING);
  EXPECT_REFUSED(submit("value { value: '1' }"), ERROR_REASON_EVIDENCE_MISSING);
  EXPECT_THAT(submit("value { value: '0' } evidence { title: 'T' }"), IsOk());
  EXPECT_THAT(submit("no_data { reason: 'R' }"), IsOk());
}

TEST(MeasurementStatus, LeadsToForceOnceThePeriodIsOver) {
  const Measurement draft = Make("m", 2012, "no_data { reason: 'R' } status: STATUS_DRAFT");
  const absl::CivilDay last_day(2012, 12, 31);
  for (const absl::CivilDay early : {absl::CivilDay(2012, 1, 2), last_day}) {
    Measurement measurement = draft;
    const absl::Status status = Submit(Indicator(), {}, early, measurement);
    EXPECT_REFUSED(status, ERROR_REASON_PERIOD_NOT_OVER);
    EXPECT_EQ(MetadataOf(status, "period"), "2012-01-01/2012-12-31");
    measurement.set_status(Measurement::STATUS_SUBMITTED);
    EXPECT_REFUSED(Approve(Indicator(), {}, early, measurement).status(), ERROR_REASON_PERIOD_NOT_OVER);
  }
  Measurement measurement = draft;
  EXPECT_THAT(Submit(Indicator(), {}, last_day + 1, measurement), IsOk());
  EXPECT_THAT(Approve(Indicator(), {}, last_day + 1, measurement).status(), IsOk());
}

TEST(MeasurementStatus, LetsGoOnlyWhatWasNeverApproved) {
  for (const Measurement::Status status : AllStatuses()) {
    Measurement measurement = Make("m", 2011, "");
    measurement.set_status(status);
    if (status == Measurement::STATUS_APPROVED || status == Measurement::STATUS_SUPERSEDED) {
      EXPECT_REFUSED(CheckNeverApproved(measurement), ERROR_REASON_MEASUREMENT_APPROVED);
    } else {
      EXPECT_THAT(CheckNeverApproved(measurement), IsOk());
    }
  }
}

// One in force for 2011, of the whole.
class ApproveBeside : public ::testing::Test {
 protected:
  static Measurement Submitted(int year, const std::string& value, const std::string& more = "") {
    return Make("new", year, absl::StrCat("status: STATUS_SUBMITTED value { value: '", value, "' } ", more));
  }
  absl::StatusOr<absl::optional<Measurement>> ApproveIt(Measurement measurement) {
    return Approve(indicator_, {&old_}, kLater, measurement);
  }
  // The reason of both ways to be held against what is in force.
  void ExpectFalls(const Measurement& measurement, const std::string& other) {
    const absl::Status status = ApproveIt(measurement).status();
    EXPECT_REFUSED(status, ERROR_REASON_CUMULATIVE_FALLS);
    EXPECT_EQ(MetadataOf(status, "other"), other);
    Measurement draft = measurement;
    draft.set_status(Measurement::STATUS_DRAFT);
    draft.add_evidence()->set_title("T");
    EXPECT_REFUSED(Submit(indicator_, {&old_}, kLater, draft), ERROR_REASON_CUMULATIVE_FALLS);
  }

  Indicator indicator_ = rpc::Parse<Indicator>("kind: KIND_CUMULATIVE baseline { value { value: '5' } }");
  Measurement old_ = Make("old", 2012, "status: STATUS_APPROVED value { value: '10' }");
};

TEST_F(ApproveBeside, OneIsInForceForAPlace) {
  const auto refused = ApproveIt(Submitted(2012, "11")).status();
  EXPECT_REFUSED(refused, ERROR_REASON_MEASUREMENT_IN_FORCE);
  EXPECT_EQ(MetadataOf(refused, "measurement"), "old");
  EXPECT_REFUSED(ApproveIt(Submitted(2012, "11", "supersedes: 'another'")).status(), ERROR_REASON_MEASUREMENT_IN_FORCE);
  const auto part = ApproveIt(Submitted(2012, "3", "dimensions { key: 'k' value: 'm' }"));
  ASSERT_THAT(part, IsOk());
  EXPECT_FALSE(part->has_value()) << "a part stands beside the whole";
}

TEST_F(ApproveBeside, ACorrectionTakesThePlace) {
  Measurement measurement = Submitted(2012, "7", "supersedes: 'old'");
  const auto superseded = Approve(indicator_, {&old_}, kLater, measurement);
  ASSERT_THAT(superseded, IsOk());
  ASSERT_TRUE(superseded->has_value());
  EXPECT_EQ(measurement.status(), Measurement::STATUS_APPROVED);
  EXPECT_EQ((*superseded)->name(), "old");
  EXPECT_EQ((*superseded)->status(), Measurement::STATUS_SUPERSEDED);
  EXPECT_EQ((*superseded)->superseded_by(), "new");
  EXPECT_EQ((*superseded)->value().value(), "10") << "nothing is overwritten";
}

TEST_F(ApproveBeside, WhatHasComeSoFarNeverFalls) {
  EXPECT_THAT(ApproveIt(Submitted(2013, "10.0")), IsOk());
  EXPECT_THAT(ApproveIt(Submitted(2011, "10")), IsOk());
  ExpectFalls(Submitted(2013, "9"), "old");
  ExpectFalls(Submitted(2011, "11"), "old");
  ExpectFalls(Submitted(2011, "4"), "baseline");
  EXPECT_THAT(ApproveIt(Submitted(2013, "4", "dimensions { key: 'k' value: 'm' }")), IsOk())
      << "a part is held against the same part only";
  old_ = Make("old", 2012, "status: STATUS_APPROVED no_data { reason: 'R' }");
  EXPECT_THAT(ApproveIt(Submitted(2013, "9")), IsOk()) << "what is not known is no neighbour";
}

TEST_F(ApproveBeside, OnlyWhatIsCumulativeMustNotFall) {
  indicator_.set_kind(Indicator::KIND_STOCK);
  EXPECT_THAT(ApproveIt(Submitted(2013, "1")), IsOk());
  indicator_.set_kind(Indicator::KIND_FLOW);
  EXPECT_THAT(ApproveIt(Submitted(2011, "99")), IsOk());
}

}  // namespace
}  // namespace concord::objective
