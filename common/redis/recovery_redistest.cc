// Every way in which a Redis goes away: each callback comes exactly once, and
// the client recovers by itself.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/redis/client.h"
#include "common/redis/client_fixture.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::redis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RecoveryTest : public ClientTest {};

Batch WithTimeout(absl::Duration timeout, Command command) {
  return {.commands = {std::move(command)}, .routing_key = "", .timeout = timeout};
}

TEST_F(RecoveryTest, AFrozenServerTimesOutAndIsFoundAgainAfterItsThaw) {
  std::unique_ptr<Client> client = MakeClient();
  Ask(*client, {"SET", "k", "before"});
  server_->Freeze();
  Outcomes outcomes(3);
  client->Send(WithTimeout(absl::Milliseconds(100), {"SET", "k", "late"}), outcomes.At(0));
  client->Send(WithTimeout(kLimit, {"GET", "k"}), outcomes.At(1));
  ASSERT_TRUE(outcomes.WaitFor(2));
  EXPECT_EQ(outcomes.code(0), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(outcomes.code(1), absl::StatusCode::kAborted) << "sent on the connection that was dropped";
  EXPECT_FALSE(client->connected());

  client->Send(WithTimeout(absl::Milliseconds(50), {"GET", "k"}), outcomes.At(2));
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_EQ(outcomes.code(2), absl::StatusCode::kUnavailable) << "never sent";

  server_->Thaw();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Ask(*client, {"ECHO", absl::StrCat(i)}).text, absl::StrCat(i));
  EXPECT_TRUE(outcomes.EachCalledOnce());
  EXPECT_EQ(client->statistics().connections, 2u);
}

TEST_F(RecoveryTest, AShortTimeoutBehindALongOneIsKept) {
  std::unique_ptr<Client> client = MakeClient();
  Ask(*client, {"PING"});
  server_->Freeze();
  Outcomes outcomes(2);
  client->Send(WithTimeout(absl::Hours(1), {"PING"}), outcomes.At(0));
  client->Send(WithTimeout(absl::Milliseconds(30), {"PING"}), outcomes.At(1));
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_EQ(outcomes.code(0), absl::StatusCode::kAborted);
  EXPECT_EQ(outcomes.code(1), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(RecoveryTest, AKilledServerFailsWhatWasSentAndServesWhatWaits) {
  std::unique_ptr<Client> client = MakeClient();
  Ask(*client, {"SET", "k", "kept"});
  server_->Freeze();  // So that the batch is sent and surely not answered.
  Outcomes outcomes(2);
  client->Send(WithTimeout(kLimit, {"GET", "k"}), outcomes.At(0));
  absl::Notification written;  // What is posted after the batch runs after it was written.
  loop_->Post([&] { written.Notify(); });
  written.WaitForNotification();
  server_->Kill();
  ASSERT_TRUE(outcomes.WaitFor(1));
  EXPECT_EQ(outcomes.code(0), absl::StatusCode::kAborted);

  client->Send(WithTimeout(kLimit, {"GET", "k"}), outcomes.At(1));
  ASSERT_TRUE(server_->Restart().ok());
  ASSERT_TRUE(outcomes.WaitForAll());
  ASSERT_TRUE(outcomes.result(1).ok()) << outcomes.result(1).status();
  EXPECT_EQ(outcomes.result(1)->at(0).text, "kept");
  EXPECT_TRUE(outcomes.EachCalledOnce());
}

TEST_F(RecoveryTest, KillsUnderLoadLoseNoCallback) {
  std::unique_ptr<Client> client = MakeClient();
  constexpr int kThreads = 4;
  constexpr int kKills = 3;
  std::atomic<bool> stop = false;
  std::atomic<int64_t> sent = 0, answered = 0, succeeded = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const std::string mine = absl::StrCat(t);
      while (!stop) {
        ++sent;
        // Waits for every hundredth, so that the queue is long but bounded.
        const auto count = [&, mine](absl::StatusOr<std::vector<Reply>> replies) {
          ++answered;
          if (!replies.ok()) return;
          ++succeeded;
          EXPECT_EQ(replies->at(0).text, mine) << "another one's answer";
        };
        client->Send(WithTimeout(kLimit, {"ECHO", mine}), count);
        if (sent % 100 == 0) (void)SendAndWait(*client, WithTimeout(kLimit, {"PING"}));
      }
    });
  }
  for (int kill = 0; kill < kKills; ++kill) {
    const int64_t before = succeeded;
    while (succeeded < before + 1000) std::this_thread::yield();
    EXPECT_TRUE(server_->Restart().ok());
  }
  const int64_t before = succeeded;
  while (succeeded < before + 1000) std::this_thread::yield();
  stop = true;
  for (std::thread& thread : threads) thread.join();
  Ask(*client, {"PING"});
  client->Close();
  EXPECT_EQ(answered, sent);
  EXPECT_EQ(client->statistics().in_flight, 0);
  EXPECT_GE(client->statistics().connections, static_cast<uint64_t>(kKills + 1));
}

TEST_F(RecoveryTest, ScriptsWorkAfterARestart) {
  const Script script("return redis.call('INCR', KEYS[1])");
  std::unique_ptr<Client> client = MakeClient();
  EXPECT_EQ(Ask(*client, Command(script, {"n"}, {})).integer, 1);
  ASSERT_TRUE(server_->Restart().ok());
  // The connection may be found broken only by this one.
  while (!SendAndWait(*client, WithTimeout(kLimit, {"PING"})).ok()) {
  }
  EXPECT_EQ(Ask(*client, Command(script, {"n"}, {})).integer, 2);
}

TEST_F(RecoveryTest, FailsAtOnceWithoutAConnectionIfAskedTo) {
  server_->Kill();
  ClientOptions options = Options();
  options.wait_for_connection = false;
  std::unique_ptr<Client> client = MakeClient(options);
  EXPECT_EQ(SendAndWait(*client, WithTimeout(absl::Hours(1), {"PING"})).status().code(),
            absl::StatusCode::kUnavailable);
  ASSERT_TRUE(server_->Restart().ok());
  while (!SendAndWait(*client, WithTimeout(kLimit, {"PING"})).ok()) std::this_thread::yield();
}

TEST_F(RecoveryTest, TellsEveryChangeOfTheConnection) {
  absl::Mutex mutex;
  std::vector<bool> changes;
  const auto count_is = [&](size_t count) {
    absl::MutexLock lock(&mutex);
    const auto reached = [&] { return changes.size() >= count; };
    return mutex.AwaitWithTimeout(absl::Condition(&reached), kLimit);
  };
  ClientOptions options = Options();
  options.on_connection_change = [&](bool connected) {
    absl::MutexLock lock(&mutex);
    changes.push_back(connected);
  };
  std::unique_ptr<Client> client = MakeClient(options);
  ASSERT_TRUE(count_is(1));
  server_->Kill();
  ASSERT_TRUE(count_is(2));
  ASSERT_TRUE(server_->Restart().ok());
  ASSERT_TRUE(count_is(3));
  client->Close();
  EXPECT_THAT(changes, ElementsAre(true, false, true, false));
}

// A server that follows a script: for each connection, what it answers to each
// thing it reads; then it closes the connection.
class ScriptedServer {
 public:
  ScriptedServer(const std::string& path, std::vector<std::vector<std::string>> connections)
      : listener_(socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(listen(listener_, 16), 0);
    thread_ = std::thread([this, connections = std::move(connections)] {
      for (const std::vector<std::string>& answers : connections) Serve(answers);
    });
  }
  ~ScriptedServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

 private:
  void Serve(const std::vector<std::string>& answers) {
    const int fd = accept(listener_, nullptr, nullptr);
    if (fd < 0) return;
    char asked[4096];
    for (const std::string& answer : answers) {
      if (read(fd, asked, sizeof(asked)) <= 0) break;
      if (send(fd, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
    }
    close(fd);
  }

  int listener_ = -1;
  std::thread thread_;
};

class ScriptedTest : public ClientTest {
 protected:
  std::string path() const { return absl::StrCat(server_->folder(), "/scripted.sock"); }
  ClientOptions Scripted() const { return {.address = {.unix_socket = path(), .host = "", .port = 0}}; }
};

TEST_F(ScriptedTest, ACutInTheMiddleOfAnAnswerKeepsTheWholeOnes) {
  ScriptedServer server(path(), {{"+PONG\r\n", "$3\r\none\r\n$10\r\ncut"}, {"+PONG\r\n", "$5\r\nthree\r\n"}});
  std::unique_ptr<Client> client = MakeClient(Scripted());
  Outcomes outcomes(3);
  loop_->Post([&] {  // In one turn of the loop: in one write.
    client->Send(WithTimeout(kLimit, {"GET", "1"}), outcomes.At(0));
    client->Send(WithTimeout(kLimit, {"GET", "2"}), outcomes.At(1));
  });
  ASSERT_TRUE(outcomes.WaitFor(2));
  ASSERT_TRUE(outcomes.result(0).ok()) << outcomes.result(0).status();
  EXPECT_EQ(outcomes.result(0)->at(0).text, "one");
  EXPECT_EQ(outcomes.code(1), absl::StatusCode::kAborted);
  client->Send(WithTimeout(kLimit, {"GET", "3"}), outcomes.At(2));
  ASSERT_TRUE(outcomes.WaitForAll());
  ASSERT_TRUE(outcomes.result(2).ok()) << outcomes.result(2).status();
  EXPECT_EQ(outcomes.result(2)->at(0).text, "three");
  EXPECT_TRUE(outcomes.EachCalledOnce());
}

TEST_F(ScriptedTest, AnAnswerThatIsNoneOfRedisEndsTheConnection) {
  ScriptedServer server(path(), {{"+PONG\r\n", "HTTP/1.1 400 Bad Request\r\n"}, {"+PONG\r\n", "+OK\r\n"}});
  std::unique_ptr<Client> client = MakeClient(Scripted());
  EXPECT_EQ(SendAndWait(*client, WithTimeout(kLimit, {"GET", "1"})).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Ask(*client, {"GET", "2"}).text, "OK");
}

TEST_F(ScriptedTest, WaitsUntilTheDataAreLoaded) {
  const std::string loading = "-LOADING Redis is loading the dataset in memory\r\n";
  ScriptedServer server(path(), {{loading, loading, "+PONG\r\n", "+OK\r\n"}});
  std::unique_ptr<Client> client = MakeClient(Scripted());
  EXPECT_EQ(Ask(*client, {"GET", "k"}).text, "OK");
  EXPECT_EQ(client->statistics().connections, 1u);
}

TEST_F(ScriptedTest, TriesAgainWhenItIsNotWelcome) {
  ScriptedServer server(path(), {{"-ERR max number of clients reached\r\n"}, {}, {"+PONG\r\n", "+OK\r\n"}});
  std::unique_ptr<Client> client = MakeClient(Scripted());
  EXPECT_EQ(Ask(*client, {"GET", "k"}).text, "OK");
}

TEST_F(ScriptedTest, SaysWhyItIsNotWelcome) {
  ScriptedServer server(path(), {{"-NOAUTH Authentication required.\r\n"}});
  ClientOptions options = Scripted();
  options.reconnect_pause = options.reconnect_pause_limit = absl::Hours(1);
  std::unique_ptr<Client> client = MakeClient(options);
  const absl::Status status = SendAndWait(*client, WithTimeout(absl::Milliseconds(200), {"PING"})).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("NOAUTH"));
}

TEST_F(ScriptedTest, IsClosedWhileItConnects) {
  ScriptedServer server(path(), {});  // Accepts nothing and answers nothing.
  std::unique_ptr<Client> client = MakeClient(Scripted());
  Outcomes outcomes(1);
  client->Send(WithTimeout(kLimit, {"PING"}), outcomes.At(0));
  client->Close();
  EXPECT_EQ(outcomes.code(0), absl::StatusCode::kCancelled);
  EXPECT_TRUE(outcomes.EachCalledOnce());
}

}  // namespace
}  // namespace concord::redis
