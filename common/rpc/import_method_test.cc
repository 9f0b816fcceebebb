#include "common/rpc/import_method.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/state_fixture.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using member::v1::Committee;
using member::v1::Member;
using member::v1::Participation;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::StartsWith;
namespace members_api = ::concord::member::v1;

// A title has at most three characters. Nobody may be called "new"; what is imported may, and says so.
ResourceRules RulesOfImportedMembers() {
  using google::protobuf::Message;
  ResourceRules rules;
  rules.values = [](const Message& resource, absl::string_view prefix, concord::Violations& violations) {
    const auto& member = static_cast<const Member&>(resource);
    if (member.title().size() > 3) violations.Add(absl::StrCat(prefix, ".title"), "is too long");
  };
  rules.write = [](Context& /*context*/, const Message* /*before*/, Message& after) {
    return static_cast<Member&>(after).title() == "new" ? absl::FailedPreconditionError("called new")
                                                        : absl::OkStatus();
  };
  rules.import = [](Context& context, const Message* before, Message& after) {
    auto& member = static_cast<Member&>(after);
    member.clear_findings();
    if (member.title() == "new") member.add_findings()->set_reason("CALLED_NEW");
    // What stands before it in the request is there already.
    if (before == nullptr && context.Find("members/1") != nullptr) member.set_website_uri("after 1");
    return absl::OkStatus();
  };
  return rules;
}

class Import : public ::testing::Test {
 protected:
  Import()
      : state_({{Member::default_instance(), "directory"},
                {Committee::default_instance(), "directory"},
                {Participation::default_instance(), "directory"}}),
        members_(ImportMethod(
            {&state_.types().Of(Member::descriptor()), RulesOfImportedMembers(), &state_.stamper(), &state_.tokens()},
            members_api::ImportMembersRequest::default_instance(),
            members_api::ImportMembersResponse::default_instance())),
        participations_(
            ImportMethod({&state_.types().Of(Participation::descriptor()), {}, &state_.stamper(), &state_.tokens()},
                         members_api::ImportParticipationsRequest::default_instance(),
                         members_api::ImportParticipationsResponse::default_instance())) {
    state_.Put(Parse<Member>("name: 'members/7' uid: 'u' title: 'Old' acronym: 'O' source_id: '7'"));
    state_.Put(Parse<Member>("name: 'members/gone' title: 'G' delete_time { seconds: 1 }"));
    state_.Put(Parse<Committee>("name: 'committees/1' title: 'C' reference: 'TC 1'"));
    state_.Put(Parse<Committee>("name: 'committees/gone' title: 'C' delete_time { seconds: 1 }"));
  }

  static std::vector<std::pair<std::string, std::string>> Said(const Method& method, const Method::Request& request) {
    concord::Violations violations;
    method.validate(request, violations);
    return ViolationsOf(violations.ToStatus());
  }

  absl::StatusOr<Change> Write(const Method& method, const Method::Request& request) {
    EXPECT_THAT(Said(method, request), IsEmpty());
    Context context = state_.Look();
    return method.write(request, context);
  }
  absl::StatusOr<Change> Members(const std::string& rows) {
    return Write(members_, Parse<members_api::ImportMembersRequest>(rows));
  }
  static const Member& At(const absl::StatusOr<Change>& change, size_t index) {
    return static_cast<const Member&>(*change->puts[index].message);
  }

  State state_;
  const Method members_;
  const Method participations_;
};

TEST_F(Import, CreatesWhatIsNotThereAndChangesWhatIsInOneCommit) {
  const auto change = Members("members { name: 'members/1' title: 'One' } members { name: 'members/7' title: 'New' }");
  ASSERT_THAT(change, IsOk());
  EXPECT_EQ(change->scope, "directory");
  EXPECT_THAT(change->answers, ElementsAre("members/1", "members/7"));
  EXPECT_FALSE(At(change, 0).uid().empty());
  EXPECT_EQ(At(change, 1).uid(), "u");
  EXPECT_EQ(At(change, 1).title(), "New");
}

TEST_F(Import, ErasesNothingThatARecordLacks) {
  const auto change = Members("members { name: 'members/7' country_code: 'CHE' }");
  ASSERT_THAT(change, IsOk());
  EXPECT_EQ(At(change, 0).title(), "Old");
  EXPECT_EQ(At(change, 0).acronym(), "O");
  EXPECT_EQ(At(change, 0).country_code(), "CHE");
}

TEST_F(Import, PassesOverWhatOnlyTheServiceMaySay) {
  const auto change = Members("members { name: 'members/1' title: 'One' uid: 'mine' category: CATEGORY_PARTNER }");
  ASSERT_THAT(change, IsOk());
  EXPECT_NE(At(change, 0).uid(), "mine");
  EXPECT_EQ(At(change, 0).category(), Member::CATEGORY_UNSPECIFIED);
}

TEST_F(Import, KeepsWhatBreaksARuleAboutOthersAndSaysSo) {
  const auto change = Members("members { name: 'members/1' title: 'new' }");
  ASSERT_THAT(change, IsOk());
  ASSERT_EQ(At(change, 0).findings_size(), 1);
  EXPECT_EQ(At(change, 0).findings(0).reason(), "CALLED_NEW");
}

TEST_F(Import, DecidesEachAsIfThoseBeforeItWereThere) {
  const auto change = Members("members { name: 'members/1' title: 'One' } members { name: 'members/2' title: 'Two' }");
  ASSERT_THAT(change, IsOk());
  EXPECT_EQ(At(change, 0).website_uri(), "");
  EXPECT_EQ(At(change, 1).website_uri(), "after 1");
}

TEST_F(Import, TellsAllThatIsWrongWithAllOfThemAndTakesNone) {
  const auto change = Members(
      "members { name: 'members/1' title: 'Long' } members { name: 'members/2' } "
      "members { name: 'members/7' title: 'Long' }");
  EXPECT_THAT(ViolationsOf(change.status()),
              ElementsAre(Pair("members[0].title", "is too long"), Pair("members[1].title", "must be set"),
                          Pair("members[2].title", "is too long")));
}

TEST_F(Import, RefusesNamesThatAreNoneOrTwiceThere) {
  const auto said = Said(members_, Parse<members_api::ImportMembersRequest>(
                                       "members { name: 'committees/1' } members { name: 'members/1' } members { name: "
                                       "'members/1' }"));
  EXPECT_THAT(said, ElementsAre(Pair("members[0].name", StartsWith("must be a name like")),
                                Pair("members[2].name", StartsWith("is named already"))));
}

TEST_F(Import, RefusesMoreThanACommitMayHold) {
  members_api::ImportMembersRequest request;
  for (int i = 0; i < 501; ++i) request.add_members()->set_name(absl::StrCat("members/", i));
  EXPECT_THAT(Said(members_, request), ElementsAre(Pair("members", ::testing::_)));
}

TEST_F(Import, TouchesNothingThatIsDeletedOrLiesUnderIt) {
  EXPECT_THAT(Members("members { name: 'members/1' title: 'One' } members { name: 'members/gone' title: 'G' }"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_DELETED));
  const auto under = [&](const std::string& committee) {
    return Write(participations_,
                 Parse<members_api::ImportParticipationsRequest>(
                     absl::StrCat("participations { name: 'committees/", committee,
                                  "/participations/7' member: 'members/7' role_periods { role: ROLE_OBSERVER } }")));
  };
  EXPECT_THAT(under("1"), IsOk());
  EXPECT_THAT(under("gone"), HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_DELETED));
  EXPECT_THAT(under("2"), HasReason(StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND));
}

TEST_F(Import, SaysWhichOfThemTookAValueThatIsNotFree) {
  const auto change = Members(
      "members { name: 'members/1' title: 'One' source_id: '1' } members { name: 'members/2' title: 'Two' source_id: "
      "'7' "
      "}");
  EXPECT_THAT(change, HasReason(StatusCode::kAlreadyExists, v1::ERROR_REASON_VALUE_TAKEN));
  EXPECT_EQ(MetadataOf(change.status(), "request"), "members[1]");
}

TEST_F(Import, ChangesNothingThatIsSetOnceForAll) {
  state_.Put(Parse<Participation>("name: 'committees/1/participations/7' member: 'members/7'"));
  const auto again = [&](const std::string& member) {
    const auto request = Parse<members_api::ImportParticipationsRequest>(
        absl::StrCat("participations { name: 'committees/1/participations/7' member: '", member,
                     "' role_periods { role: ROLE_OBSERVER } }"));
    Context context = state_.Look();
    return participations_.write(request, context).status();
  };
  EXPECT_THAT(again("members/7"), IsOk());
  EXPECT_THAT(ViolationsOf(again("members/1")), ElementsAre(Pair("participations[0]", ::testing::_)));
}

TEST_F(Import, MakesNoMoreThanClientsAccept) {
  members_api::ImportMembersRequest request;
  for (int i = 0; i < 5; ++i) {
    Member row = Parse<Member>(absl::StrCat("name: 'members/big-", i, "' title: 'B'"));
    row.set_website_uri(std::string(500'000, 'w'));
    *request.add_members() = row;
  }
  EXPECT_THAT(Write(members_, request), HasReason(StatusCode::kResourceExhausted, v1::ERROR_REASON_CHANGE_TOO_LARGE));
}

TEST_F(Import, HoldsAnEtagAgainstTheVersionThatIsThere) {
  EXPECT_THAT(Members("members { name: 'members/7' title: 'New' etag: 'none' }"),
              HasReason(StatusCode::kInvalidArgument, v1::ERROR_REASON_TOKEN_INVALID));
}

}  // namespace
}  // namespace concord::rpc
