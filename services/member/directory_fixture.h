// What the tests of the directory share: some members and committees, and writes of their records.
#ifndef SERVICES_MEMBER_DIRECTORY_FIXTURE_H_
#define SERVICES_MEMBER_DIRECTORY_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/state_fixture.h"
#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace concord::member {

// The fields that `check` complains about in a record; what comes later in the text adds to what came before.
template <typename Record, typename Check>
std::vector<std::string> BadFieldsOf(Check check, const std::string& prefix, const std::string& text) {
  Record record;
  EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(text, &record)) << text;
  Violations violations;
  check(record, prefix, violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  return fields;
}

// Members 1 (member body, P of committee 10 and its secretariat), 2 (member body), 3 (correspondent), 4 (subscriber),
// 9 (organisation in liaison), gone (deleted); committees 10, 11 below it, gone (deleted). Today is 2012-02-29.
class DirectoryTest : public ::testing::Test {
 protected:
  DirectoryTest()
      : state_({{v1::Member::default_instance(), "directory"},
                {v1::Committee::default_instance(), "directory"},
                {v1::Participation::default_instance(), "directory"},
                {v1::ExpertDelegation::default_instance(), "directory"},
                {v1::Liaison::default_instance(), "directory"},
                {v1::Ballot::default_instance(), "directory"},
                {v1::Vote::default_instance(), "directory"},
                {v1::WorkItem::default_instance(), "work"},
                {v1::Adoption::default_instance(), "work"}}) {
    state_.Of("work");
    for (const auto& [id, category] : {std::pair("1", "MEMBER_BODY"),
                                       {"2", "MEMBER_BODY"},
                                       {"3", "CORRESPONDENT"},
                                       {"4", "SUBSCRIBER"},
                                       {"9", "LIAISON_ORGANIZATION"}}) {
      state_.Put(rpc::Parse<v1::Member>(absl::StrCat("name: 'members/", id, "' category: CATEGORY_", category,
                                                     " category_periods { category: CATEGORY_", category, " }")));
    }
    state_.Put(rpc::Parse<v1::Member>("name: 'members/gone' delete_time { seconds: 1 }"));
    state_.Put(
        rpc::Parse<v1::Committee>("name: 'committees/10' reference: 'TC 10' secretariat: 'members/1' "
                                  "secretariat_periods { member: 'members/1' }"));
    state_.Put(rpc::Parse<v1::Committee>("name: 'committees/11' reference: 'SC 11' parent_committee: 'committees/10'"));
    state_.Put(rpc::Parse<v1::Committee>("name: 'committees/gone' delete_time { seconds: 1 }"));
    state_.Put(
        rpc::Parse<v1::Participation>("name: 'committees/10/participations/1' member: 'members/1' role: "
                                      "ROLE_PARTICIPANT role_periods { role: ROLE_PARTICIPANT }"));
  }

  // What comes of an ordinary write, or of an import.
  template <typename Record>
  absl::StatusOr<Record> Write(const rpc::ResourceRules& rules, const std::string& text,
                               const Record* before = nullptr) {
    return Ask(rules.write, text, before);
  }
  template <typename Record>
  Record Import(const rpc::ResourceRules& rules, const std::string& text) {
    const absl::StatusOr<Record> imported = Ask<Record>(rules.import, text, nullptr);
    EXPECT_TRUE(imported.ok()) << imported.status();
    return imported.value_or(Record());
  }
  template <typename Record>
  absl::Status Remove(const rpc::ResourceRules& rules, const std::string& text) {
    rpc::Context context = state_.Look();
    return rules.remove(context, rpc::Parse<Record>(text));
  }

  template <typename Record>
  static std::vector<std::string> ReasonsOf(const Record& record) {
    std::vector<std::string> reasons;
    for (const v1::Finding& finding : record.findings()) reasons.push_back(finding.reason());
    return reasons;
  }

  rpc::State state_;

 private:
  template <typename Record, typename Rule>
  absl::StatusOr<Record> Ask(const Rule& rule, const std::string& text, const Record* before) {
    rpc::Context context = state_.Look();
    Record record = rpc::Parse<Record>(text);
    const absl::Status status = rule(context, before, record);
    if (!status.ok()) return status;
    return record;
  }
};

}  // namespace concord::member

#endif  // SERVICES_MEMBER_DIRECTORY_FIXTURE_H_
