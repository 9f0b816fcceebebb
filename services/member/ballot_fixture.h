// What the tests of ballots share: a directory made by hand with two committees, and ballots in every state.
#ifndef SERVICES_MEMBER_BALLOT_FIXTURE_H_
#define SERVICES_MEMBER_BALLOT_FIXTURE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/aip/date.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/state_fixture.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "gmock/gmock.h"

namespace concord::member {

// A field of a message in text format that holds a day: On("date", "2012-02-29").
inline std::string On(absl::string_view field, absl::string_view day) {
  return absl::StrCat(field, " { ", aip::ParseDate(day).value().ShortDebugString(), " } ");
}

// The members 1, 2, 3 (member bodies, P of committee 10), 4 (member body, O of it), 5 (member body elsewhere), 6
// (correspondent, O of it) and gone (deleted); the committees 10 and 11 with the work items w and v, and the deleted
// ones of both. Today is 2012-02-29.
//
// Ballots of committee 10 since 2012-01-10: open until today, over since yesterday and not closed, closed, cancelled.
class BallotTest : public ::testing::Test {
 protected:
  BallotTest()
      : state_({{v1::Member::default_instance(), "directory"},
                {v1::Committee::default_instance(), "directory"},
                {v1::Participation::default_instance(), "directory"},
                {v1::Ballot::default_instance(), "directory"},
                {v1::Vote::default_instance(), "directory"},
                {v1::WorkItem::default_instance(), "work"}}) {
    for (const char* id : {"1", "2", "3", "4", "5"})
      PutMember(id, "category_periods { category: CATEGORY_MEMBER_BODY }");
    PutMember("6", "category_periods { category: CATEGORY_CORRESPONDENT }");
    PutMember("gone", "category_periods { category: CATEGORY_MEMBER_BODY } delete_time { seconds: 1 }");
    for (const char* id : {"10", "11"})
      state_.Put(rpc::Parse<v1::Committee>(absl::StrCat("name: 'committees/", id, "'")));
    state_.Put(rpc::Parse<v1::Committee>("name: 'committees/gone' delete_time { seconds: 1 }"));
    for (const char* id : {"1", "2", "3"}) PutParticipation("10", id, "role_periods { role: ROLE_PARTICIPANT }");
    for (const char* id : {"4", "6"}) PutParticipation("10", id, "role_periods { role: ROLE_OBSERVER }");
    state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/w'"));
    state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/gone' delete_time { seconds: 1 }"));
    state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/11/workItems/v'"));
    PutBallot("open", "2012-02-29", "state: STATE_OPEN");
    PutBallot("over", "2012-02-28", "state: STATE_OPEN");
    PutBallot("closed", "2012-02-28", "state: STATE_CLOSED");
    PutBallot("cancelled", "2012-02-28", "state: STATE_CANCELLED");
  }

  void PutMember(const std::string& id, const std::string& fields) {
    state_.Put(rpc::Parse<v1::Member>(absl::StrCat("name: 'members/", id, "' ", fields)));
  }
  void PutParticipation(const std::string& committee, const std::string& member, const std::string& fields) {
    state_.Put(rpc::Parse<v1::Participation>(absl::StrCat("name: 'committees/", committee, "/participations/", member,
                                                          "' member: 'members/", member, "' ", fields)));
  }
  void PutBallot(const std::string& id, absl::string_view close_date, const std::string& fields) {
    state_.Put(
        rpc::Parse<v1::Ballot>(absl::StrCat("name: 'ballots/", id, "' kind: KIND_COMMITTEE committee: 'committees/10' ",
                                            On("open_date", "2012-01-10"), On("close_date", close_date), fields)));
  }
  void PutVote(const std::string& ballot, const std::string& member, const std::string& position,
               absl::string_view date = "2012-02-01", const std::string& fields = "") {
    state_.Put(
        rpc::Parse<v1::Vote>(absl::StrCat("name: 'ballots/", ballot, "/votes/", member, "' member: 'members/", member,
                                          "' position: POSITION_", position, " ", On("date", date), fields)));
  }

  template <typename Record>
  Record Stored(const std::string& name) {
    rpc::Context context = state_.Look();
    const auto* record = context.Get<Record>(name);
    EXPECT_NE(record, nullptr) << name;
    return record == nullptr ? Record() : *record;
  }

  // What comes of a new record, or of a change.
  template <typename Record>
  absl::StatusOr<Record> Write(const rpc::ResourceRules& rules, Record record, const Record* before = nullptr) {
    rpc::Context context = state_.Look();
    const absl::Status status = rules.write(context, before, record);
    if (!status.ok()) return status;
    return record;
  }

  rpc::State state_;
};

}  // namespace concord::member

#endif  // SERVICES_MEMBER_BALLOT_FIXTURE_H_
