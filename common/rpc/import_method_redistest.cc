// Imports on a real redis-server: what is there already is neither written nor missing in the answer.
#include <memory>
#include <string>

#include "common/rpc/engine_fixture.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "gmock/gmock.h"
#include "tests/support/redis_server.h"
#include "tests/support/status_matchers.h"

namespace concord::rpc {
namespace {

using concord::testing::HasReason;
using concord::testing::IsOk;
using member::v1::ImportMembersRequest;
using member::v1::ImportMembersResponse;

constexpr char kImportScope[] = "directory";

class ImportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto redis = concord::testing::RedisServer::Start();
    ASSERT_TRUE(redis.ok()) << redis.status();
    redis_ = *std::move(redis);
    program_ = NewProgram();
  }

  std::unique_ptr<TestProgram> NewProgram() { return std::make_unique<TestProgram>(redis_->address()); }

  ImportMembersResponse Import(const std::string& text, TestProgram* program = nullptr) {
    auto response = (program == nullptr ? program_.get() : program)
                        ->SendFor<ImportMembersResponse>(Parse<ImportMembersRequest>(text));
    EXPECT_THAT(response, IsOk());
    return response.value_or(ImportMembersResponse());
  }

  std::unique_ptr<concord::testing::RedisServer> redis_;
  std::unique_ptr<TestProgram> program_;
};

constexpr char kTwo[] = "members { name: 'members/1' title: 'One' } members { name: 'members/2' title: 'Two' } ";

TEST_F(ImportTest, WritesOneCommitAndNoneWhereNothingIsNew) {
  const ImportMembersResponse first = Import(kTwo);
  EXPECT_EQ(program_->Revision(kImportScope), 1);
  const ImportMembersResponse again = Import(kTwo);
  EXPECT_EQ(program_->Revision(kImportScope), 1);
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Import(std::string(kTwo) + "request_id: 'again'").SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(program_->Revision(kImportScope), 1);
}

TEST_F(ImportTest, AnswersWithWhatChangedAndWhatDidNotInTheOrderOfTheRequest) {
  const ImportMembersResponse first = Import(kTwo);
  const ImportMembersResponse second = Import(
      "members { name: 'members/1' title: 'One' } members { name: 'members/2' title: 'Zwei' } "
      "members { name: 'members/3' title: 'Three' }");
  ASSERT_EQ(second.members_size(), 3);
  EXPECT_EQ(second.members(0).etag(), first.members(0).etag());
  EXPECT_NE(second.members(1).etag(), first.members(1).etag());
  EXPECT_EQ(second.members(1).uid(), first.members(1).uid());
  EXPECT_EQ(second.members(2).title(), "Three");
}

TEST_F(ImportTest, RepeatsItsAnswerInEveryProgramForOneRequestId) {
  Import(kTwo);
  const std::string request =
      "request_id: 'r' members { name: 'members/1' title: 'One' } members { name: 'members/2' title: 'Zwei' }";
  const ImportMembersResponse answer = Import(request);
  Import("members { name: 'members/1' title: 'Eins' } members { name: 'members/2' title: 'Deux' }");
  EXPECT_EQ(Import(request).SerializeAsString(), answer.SerializeAsString());
  const auto other = NewProgram();
  EXPECT_EQ(Import(request, other.get()).SerializeAsString(), answer.SerializeAsString());
  EXPECT_EQ(program_->Revision(kImportScope), 3);
}

TEST_F(ImportTest, ShowsWhatItWouldDoAndDoesNothing) {
  const ImportMembersResponse preview = Import(std::string(kTwo) + "validate_only: true");
  EXPECT_EQ(preview.members_size(), 2);
  EXPECT_EQ(program_->Revision(kImportScope), 0);
}

}  // namespace
}  // namespace concord::rpc
