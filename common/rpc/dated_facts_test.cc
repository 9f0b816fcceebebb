#include "common/rpc/dated_facts.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/standard_methods.h"
#include "common/rpc/state_fixture.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "gmock/gmock.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using concord::testing::IsOk;
using member::v1::Member;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace members_api = ::concord::member::v1;

// A member is in the group of the year.
ResourceRules RulesOfMembers() {
  ResourceRules rules;
  rules.facts_on = [](absl::CivilDay day, google::protobuf::Message& resource) {
    auto& member = static_cast<Member&>(resource);
    member.clear_groups();
    member.add_groups(absl::StrCat(member.acronym(), "-", day.year()));
  };
  return rules;
}

class OnDate : public ::testing::Test {
 protected:
  OnDate()
      : state_({{Member::default_instance(), "directory"}}),
        methods_({&state_.types().Of(Member::descriptor()), RulesOfMembers(), &state_.stamper(), &state_.tokens()}),
        list_(methods_.List(members_api::ListMembersRequest::default_instance(),
                            members_api::ListMembersResponse::default_instance())),
        get_(methods_.Get(members_api::GetMemberRequest::default_instance())) {
    for (const char* id : {"a", "b", "c"}) {
      state_.Put(Parse<Member>(absl::StrCat("name: 'members/", id, "' acronym: '", id, "' groups: 'now'")));
    }
  }

  template <typename Response, typename Request>
  Response Read(const Method& method, const std::string& text) {
    const auto request = Parse<Request>(text);
    Context context = state_.Look();
    const auto reply = method.read(request, context);
    EXPECT_THAT(reply, IsOk());
    Response response;
    if (reply.ok()) EXPECT_TRUE(response.ParseFromString(**reply));
    return response;
  }
  std::vector<std::string> GroupsListed(const std::string& text) {
    std::vector<std::string> groups;
    const auto page = Read<members_api::ListMembersResponse, members_api::ListMembersRequest>(list_, text);
    for (const Member& member : page.members()) groups.push_back(member.groups(0));
    return groups;
  }

  State state_;
  const StandardMethods methods_;
  const Method list_;
  const Method get_;
};

constexpr char kDay[] = "on_date { year: 2011 month: 6 day: 30 } ";

TEST_F(OnDate, AsksAboutTheFactsOfADay) {
  EXPECT_EQ((Read<Member, members_api::GetMemberRequest>(get_, absl::StrCat("name: 'members/b' ", kDay))).groups(0),
            "b-2011");
  EXPECT_EQ((Read<Member, members_api::GetMemberRequest>(get_, "name: 'members/b'")).groups(0), "now");
  EXPECT_THAT(GroupsListed(kDay), ElementsAre("a-2011", "b-2011", "c-2011"));
  EXPECT_THAT(GroupsListed(""), ElementsAre("now", "now", "now"));
}

TEST_F(OnDate, IsSeenByFilterAndOrder) {
  EXPECT_THAT(GroupsListed(absl::StrCat(kDay, "filter: 'groups:\"b-2011\"'")), ElementsAre("b-2011"));
  EXPECT_THAT(GroupsListed(absl::StrCat(kDay, "filter: 'groups:\"now\"'")), IsEmpty());
  EXPECT_THAT(GroupsListed(absl::StrCat(kDay, "order_by: 'acronym desc' filter: 'NOT acronym = \"b\"'")),
              ElementsAre("c-2011", "a-2011"));
  EXPECT_THAT(GroupsListed(absl::StrCat(kDay, "page_size: 2")), ElementsAre("a-2011", "b-2011"));
}

TEST_F(OnDate, IsADay) {
  for (const Method* method : {&list_, &get_}) {
    concord::Violations violations;
    const auto list = Parse<members_api::ListMembersRequest>("on_date { year: 2011 month: 2 day: 30 }");
    const auto get = Parse<members_api::GetMemberRequest>("name: 'members/a' on_date { year: 2011 month: 2 day: 30 }");
    method->validate(method == &list_ ? static_cast<const Method::Request&>(list) : get, violations);
    EXPECT_THAT(ViolationsOf(violations.ToStatus()), ElementsAre(::testing::Pair("on_date", ::testing::_)));
  }
}

}  // namespace
}  // namespace concord::rpc
