#include "services/member/adoption_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/engine.h"
#include "concord/member/v1/adoption_service.pb.h"
#include "concord/member/v1/error_reason.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/member/adoption_methods.h"
#include "services/member/directory_fixture.h"
#include "services/member/member_rules.h"
#include "tests/support/status_matchers.h"

namespace concord::member {
namespace {

using absl::StatusCode;
using concord::testing::HasReason;
using concord::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using v1::Adoption;

std::string Date(const std::string& field, int year, int month, int day) {
  return absl::StrCat(field, " { year: ", year, " month: ", month, " day: ", day, " } ");
}

// By a member, of a work item of committee 10.
std::string AdoptionBy(const std::string& member, const std::string& item = "standard") {
  return absl::StrCat("name: 'committees/10/workItems/", item, "/adoptions/", member, "' member: 'members/", member,
                      "' degree: DEGREE_IDENTICAL ");
}

std::vector<std::string> BadFieldsOfAdoption(const std::string& more) {
  return BadFieldsOf<Adoption>(
      CheckAdoptionValues, "adoption",
      absl::StrCat(AdoptionBy("2"), "reference: 'DIN 9001' ", Date("adoption_date", 2012, 1, 31), more));
}

TEST(AdoptionValues, AreGoodUpToTheirLimits) {
  EXPECT_THAT(BadFieldsOfAdoption(absl::StrCat("title: '", std::string(200, 't'), "' reference: '",
                                               std::string(100, 'r'), "' ", Date("withdrawal_date", 2012, 1, 31))),
              IsEmpty())
      << "it may be withdrawn on the same day";
}

TEST(AdoptionValues, NameWhatIsWrong) {
  EXPECT_THAT(BadFieldsOfAdoption(absl::StrCat("title: '", std::string(201, 't'), "'")), ElementsAre("adoption.title"));
  EXPECT_THAT(BadFieldsOfAdoption(absl::StrCat("reference: '", std::string(101, 'r'), "'")),
              ElementsAre("adoption.reference"));
  EXPECT_THAT(BadFieldsOfAdoption("labels { key: 'Area' value: 'x' }"), ElementsAre("adoption.labels"));
  EXPECT_THAT(BadFieldsOfAdoption("member: 'committees/2'"), ElementsAre("adoption.member"));
  EXPECT_THAT(BadFieldsOfAdoption("member: 'members/1'"), ElementsAre("adoption.member")) << "it is named after 2";
  EXPECT_THAT(BadFieldsOfAdoption(Date("adoption_date", 2012, 2, 30)), ElementsAre("adoption.adoption_date"));
  EXPECT_THAT(BadFieldsOfAdoption(Date("withdrawal_date", 2012, 2, 30)), ElementsAre("adoption.withdrawal_date"));
  EXPECT_THAT(BadFieldsOfAdoption(Date("withdrawal_date", 2012, 1, 30)), ElementsAre("adoption.withdrawal_date"));
}

// Of committee 10: standard, published on 2010-06-15; undated, published, and nobody says when; draft; dropped; bare,
// of which nothing is said. Member 5 was a subscriber until the end of 2010 and is a correspondent since.
class AdoptionWrite : public DirectoryTest {
 protected:
  AdoptionWrite() {
    state_.Put(
        rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/standard' stage: '90.20' publication_date { year: "
                                 "2010 month: 6 day: 15 }"));
    state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/undated' stage: '60.60'"));
    state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/draft' stage: '40.20'"));
    state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/dropped' stage: '50.98'"));
    state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/bare'"));
    state_.Put(rpc::Parse<v1::Member>(
        "name: 'members/5' category_periods { category: CATEGORY_SUBSCRIBER end_date { year: 2010 month: 12 day: 31 } "
        "} category_periods { category: CATEGORY_CORRESPONDENT start_date { year: 2011 month: 1 day: 1 } }"));
    state_.Put(rpc::Parse<v1::Member>("name: 'members/6'"));
  }

  absl::StatusOr<Adoption> WriteAdoption(const std::string& text, const Adoption* before = nullptr) {
    return Write<Adoption>(AdoptionRules(), text, before);
  }
};

TEST_F(AdoptionWrite, IsForMemberBodiesAndCorrespondents) {
  const std::string day = Date("adoption_date", 2012, 2, 29);
  for (const char* member : {"2", "3"}) EXPECT_THAT(WriteAdoption(AdoptionBy(member) + day), IsOk()) << member;
  EXPECT_THAT(WriteAdoption(AdoptionBy("6") + day), IsOk()) << "nobody says what it was";
  const absl::Status status = WriteAdoption(AdoptionBy("4") + day).status();
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_ADOPT));
  EXPECT_EQ(MetadataOf(status, "name"), "committees/10/workItems/standard/adoptions/4");
  EXPECT_EQ(MetadataOf(status, "member"), "members/4");
  EXPECT_EQ(MetadataOf(status, "category"), "SUBSCRIBER");
  EXPECT_EQ(MetadataOf(status, "date"), "2012-02-29");
  EXPECT_THAT(WriteAdoption(AdoptionBy("9") + day),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_ADOPT));
}

TEST_F(AdoptionWrite, LooksAtTheCategoryOfTheDay) {
  EXPECT_THAT(WriteAdoption(AdoptionBy("5") + Date("adoption_date", 2010, 12, 31)),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_ADOPT));
  EXPECT_THAT(WriteAdoption(AdoptionBy("5") + Date("adoption_date", 2011, 1, 1)), IsOk());
}

TEST_F(AdoptionWrite, NeedsWhatIsPublishedByThen) {
  EXPECT_THAT(WriteAdoption(AdoptionBy("2") + Date("adoption_date", 2010, 6, 15)), IsOk());
  const absl::Status status = WriteAdoption(AdoptionBy("2") + Date("adoption_date", 2010, 6, 14)).status();
  EXPECT_THAT(status, HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_STANDARD_NOT_PUBLISHED));
  EXPECT_EQ(MetadataOf(status, "name"), "committees/10/workItems/standard/adoptions/2");
  EXPECT_EQ(MetadataOf(status, "work_item"), "committees/10/workItems/standard");
  EXPECT_EQ(MetadataOf(status, "date"), "2010-06-14");
  EXPECT_THAT(WriteAdoption(AdoptionBy("2", "undated") + Date("adoption_date", 2001, 1, 1)), IsOk());
  for (const char* item : {"draft", "dropped", "bare"}) {
    EXPECT_THAT(WriteAdoption(AdoptionBy("2", item) + Date("adoption_date", 2012, 1, 1)),
                HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_STANDARD_NOT_PUBLISHED))
        << item;
  }
}

TEST_F(AdoptionWrite, IsNotInTheFutureAndByWhoLives) {
  const absl::Status status = WriteAdoption(AdoptionBy("2") + Date("adoption_date", 2012, 3, 1)).status();
  EXPECT_THAT(status, HasReason(StatusCode::kInvalidArgument, rpc::v1::ERROR_REASON_INVALID_REQUEST));
  EXPECT_THAT(ViolationsOf(status), ElementsAre(::testing::Pair("adoption.adoption_date", ::testing::_)));
  for (const char* member : {"gone", "none"}) {
    EXPECT_THAT(WriteAdoption(AdoptionBy(member) + Date("adoption_date", 2012, 1, 1)),
                HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_REFERENCE_BROKEN))
        << member;
  }
}

TEST_F(AdoptionWrite, IsNotHeldAgainstWhatHasGoneSince) {
  const std::string text = AdoptionBy("4", "draft") + Date("adoption_date", 2012, 1, 1);
  auto before = rpc::Parse<Adoption>(text);
  EXPECT_THAT(WriteAdoption(text + "title: 'T'", &before), IsOk()) << "it was right once";
  EXPECT_THAT(WriteAdoption(AdoptionBy("4", "draft") + Date("adoption_date", 2012, 1, 2), &before),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_ADOPT))
      << "what is new is looked at";
  before.mutable_delete_time()->set_seconds(1);
  EXPECT_THAT(WriteAdoption(text, &before),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_ENTITLED_TO_ADOPT))
      << "what is undeleted is as new";
}

TEST_F(AdoptionWrite, KeepsWhatIsImportedWithFindingsUntilItIsMended) {
  const auto imported = Import<Adoption>(AdoptionRules(), AdoptionBy("4", "draft") + Date("adoption_date", 2012, 3, 1));
  EXPECT_THAT(ReasonsOf(imported), ElementsAre("NOT_ENTITLED_TO_ADOPT", "STANDARD_NOT_PUBLISHED", "INVALID_REQUEST"));
  const auto described = WriteAdoption(imported.DebugString() + "title: 'To be clarified'", &imported);
  ASSERT_THAT(described, IsOk());
  EXPECT_THAT(ReasonsOf(*described), ElementsAre("NOT_ENTITLED_TO_ADOPT", "STANDARD_NOT_PUBLISHED", "INVALID_REQUEST"));
  state_.Put(rpc::Parse<v1::WorkItem>("name: 'committees/10/workItems/draft' stage: '60.60'"));
  const auto published = WriteAdoption(imported.DebugString(), &imported);
  ASSERT_THAT(published, IsOk());
  EXPECT_THAT(ReasonsOf(*published), ElementsAre("NOT_ENTITLED_TO_ADOPT", "INVALID_REQUEST"));
}

TEST_F(AdoptionWrite, KeepsItsMemberFromBeingDeleted) {
  EXPECT_THAT(Remove<v1::Member>(MemberRules(), "name: 'members/2'"), IsOk());
  state_.Put(rpc::Parse<Adoption>(AdoptionBy("2")));
  EXPECT_THAT(Remove<v1::Member>(MemberRules(), "name: 'members/2'"),
              HasReason(StatusCode::kFailedPrecondition, v1::ERROR_REASON_RESOURCE_IN_USE));
}

TEST_F(AdoptionWrite, HasAllMethodsThatTheServiceHas) {
  rpc::Engine engine(rpc::EngineParts{}, rpc::EngineOptions{});
  AddAdoptionMethods(engine, {&state_.types(), &state_.stamper(), &state_.tokens()});
  const auto& service = *v1::GetAdoptionRequest::descriptor()->file()->service(0);
  std::vector<std::string> expected;
  for (int i = 0; i < service.method_count(); ++i) {
    expected.push_back(absl::StrCat(service.full_name(), "/", service.method(i)->name()));
  }
  EXPECT_THAT(engine.MethodNames(), ::testing::UnorderedElementsAreArray(expected));
}

}  // namespace
}  // namespace concord::member
