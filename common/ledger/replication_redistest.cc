// Commits and fences of a store that has a replica.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

#include "common/ledger/ledger_fixture.h"
#include "gtest/gtest.h"
#include "tests/support/redis_server.h"

namespace concord::ledger {
namespace {

// A port of the loopback that was free just now.
int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  close(fd);
  return ntohs(address.sin_port);
}

class ReplicationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    program_ = std::make_unique<Program>(
        master_->address(), StoreOptions{.replicas = 1, .replica_timeout = absl::Seconds(30)}, absl::Seconds(60));
    ASSERT_TRUE(Until([&] {
      return program_->Raw({"INFO", "replication"}).text.find("state=online") != std::string::npos;
    }));
  }

  const std::string port_ = absl::StrCat(FreePort());
  const std::unique_ptr<testing::RedisServer> master_ = *testing::RedisServer::Start(
      {"--port", port_, "--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1"});
  const std::unique_ptr<testing::RedisServer> replica_ =
      *testing::RedisServer::Start({"--replicaof", "127.0.0.1", port_});
  std::unique_ptr<Program> program_;
};

TEST_F(ReplicationTest, ACommitIsAcknowledgedWhenTheReplicaHasIt) {
  EXPECT_TRUE(program_->store().CheckSettings().ok());
  SnapshotPtr seen = program_->Nothing("scope");
  for (int i = 1; i <= 20; ++i) seen = Must(*program_, seen, Write(seen).Put("a", absl::StrCat(i)));
  Program at_replica(replica_->address());
  EXPECT_EQ(at_replica.store().ReadHead("scope")->revision, 20);
  EXPECT_EQ(Print(**program_->Fence(program_->NewView("scope"))), Print(*seen));
}

TEST_F(ReplicationTest, NothingIsBelievedWhileTheReplicaIsFrozen) {
  SnapshotPtr seen = program_->Nothing("scope");
  seen = Must(*program_, seen, Write(seen).Put("a", "first"));
  const std::shared_ptr<View> view = program_->NewView("scope");
  ASSERT_TRUE(program_->Fence(view).ok());

  replica_->Freeze();
  // Others wait for the replica, but not for long.
  Program impatient(master_->address(), {.replicas = 1, .replica_timeout = absl::Milliseconds(200)});
  const std::shared_ptr<View> fresh = impatient.NewView("scope");
  Write write = Write(seen).Put("a", "second");
  const absl::Status open = impatient.Send(write.commit()).status();
  EXPECT_TRUE(absl::IsAborted(open)) << open;
  // The master has it; a failover could take it back.
  Program careless(master_->address());
  EXPECT_EQ(careless.store().ReadHead("scope")->revision, 2);
  absl::Notification answered;
  absl::StatusOr<SnapshotPtr> patient;
  view->Fence([&](absl::StatusOr<SnapshotPtr> snapshot) {
    patient = std::move(snapshot);
    answered.Notify();
  });
  const absl::Status load = impatient.Fence(fresh).status();
  EXPECT_TRUE(absl::IsAborted(load)) << load;
  EXPECT_FALSE(answered.HasBeenNotified());
  EXPECT_EQ(view->Peek()->position().revision, 1) << "nobody is told what a failover could take back";

  replica_->Thaw();
  answered.WaitForNotification();
  ASSERT_TRUE(patient.ok()) << patient.status();
  EXPECT_EQ(ContentOf(**patient, "a"), "second");
  auto again = program_->Send(write.commit());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->kind, CommitOutcome::Kind::kRemembered);
  EXPECT_EQ(again->remembered.revision, 2);
}

}  // namespace
}  // namespace concord::ledger
