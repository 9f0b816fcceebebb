#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
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

Batch One(Command command) { return {.commands = {std::move(command)}, .routing_key = "", .timeout = kLimit}; }

TEST_F(ClientTest, AnswersInTheOrderOfSending) {
  std::unique_ptr<Client> client = MakeClient();
  constexpr int kCount = 1000;
  Outcomes outcomes(kCount);
  for (int i = 0; i < kCount; ++i) client->Send(One({"ECHO", absl::StrCat(i)}), outcomes.At(i));
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_TRUE(outcomes.EachCalledOnce());
  const std::vector<size_t> order = outcomes.order();
  for (int i = 0; i < kCount; ++i) {
    EXPECT_EQ(order[i], static_cast<size_t>(i));
    ASSERT_TRUE(outcomes.result(i).ok()) << outcomes.result(i).status();
    EXPECT_EQ(outcomes.result(i)->at(0).text, absl::StrCat(i));
  }
}

TEST_F(ClientTest, GivesEveryKindOfReply) {
  std::unique_ptr<Client> client = MakeClient();
  EXPECT_EQ(Ask(*client, {"SET", "k", "v"}).kind, Reply::Kind::kStatus);
  EXPECT_EQ(Ask(*client, {"GET", "nothing"}).kind, Reply::Kind::kNil);
  EXPECT_EQ(Ask(*client, {"GET", "k"}).kind, Reply::Kind::kString);
  const Reply integer = Ask(*client, {"DECRBY", "n", "9223372036854775807"});
  EXPECT_EQ(integer.kind, Reply::Kind::kInteger);
  EXPECT_EQ(integer.integer, -9223372036854775807);
  const Reply error = Ask(*client, {"INCR", "k"});
  EXPECT_TRUE(error.is_error("ERR")) << error.text;
  EXPECT_FALSE(error.is_error("NOSCRIPT"));
  const Reply array = Ask(*client, {"EVAL", "return {1, {'a', false}, {}}", "0"});
  ASSERT_EQ(array.elements.size(), 3u);
  EXPECT_EQ(array.elements[0].integer, 1);
  EXPECT_EQ(array.elements[1].elements[0].text, "a");
  EXPECT_TRUE(array.elements[1].elements[1].is_nil());
  EXPECT_EQ(array.elements[2].kind, Reply::Kind::kArray);
}

TEST_F(ClientTest, CarriesAnyByte) {
  std::unique_ptr<Client> client = MakeClient();
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  bytes += "\r\n$-1\r\n%s";
  Ask(*client, {"SET", bytes, bytes});
  EXPECT_EQ(Ask(*client, {"GET", bytes}).text, bytes);
  EXPECT_EQ(Ask(*client, {"ECHO", ""}).text, "");
}

TEST_F(ClientTest, CarriesLargeValuesAmongSmallOnes) {
  std::unique_ptr<Client> client = MakeClient();
  const std::string large(20 << 20, 'x');
  Outcomes outcomes(4);
  client->Send(One({"SET", "large", large}), outcomes.At(0));
  client->Send(One({"ECHO", "small"}), outcomes.At(1));
  client->Send(One({"GET", "large"}), outcomes.At(2));
  client->Send(One({"ECHO", "small"}), outcomes.At(3));
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_THAT(outcomes.order(), ElementsAre(0, 1, 2, 3));
  ASSERT_TRUE(outcomes.result(2).ok()) << outcomes.result(2).status();
  EXPECT_TRUE(outcomes.result(2)->at(0).text == large);
  EXPECT_EQ(outcomes.result(3)->at(0).text, "small");
}

TEST_F(ClientTest, KeepsABatchTogetherAmongManyThreads) {
  std::unique_ptr<Client> client = MakeClient();
  constexpr int kThreads = 8;
  constexpr int kEach = 5000;
  Outcomes outcomes(kThreads * kEach);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string mine = absl::StrCat(t, "/", i);
        client->Send({.commands = {{"SET", "shared", mine}, {"GET", "shared"}}, .routing_key = "", .timeout = kLimit},
                     outcomes.At(t * kEach + i));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_TRUE(outcomes.EachCalledOnce());
  for (int t = 0; t < kThreads; ++t) {
    for (int i = 0; i < kEach; ++i) {
      const absl::StatusOr<std::vector<Reply>> result = outcomes.result(t * kEach + i);
      ASSERT_TRUE(result.ok()) << result.status();
      ASSERT_EQ(result->at(1).text, absl::StrCat(t, "/", i));
    }
  }
}

TEST_F(ClientTest, MayBeUsedFromItsCallbacks) {
  std::unique_ptr<Client> client = MakeClient();
  absl::Notification done;
  int left = 1000;
  BatchCallback again = [&](absl::StatusOr<std::vector<Reply>> replies) {
    EXPECT_TRUE(replies.ok()) << replies.status();
    if (--left == 0) return done.Notify();
    client->Send(One({"INCR", "n"}), again);
  };
  client->Send(One({"INCR", "n"}), again);
  ASSERT_TRUE(done.WaitForNotificationWithTimeout(kLimit));
  EXPECT_EQ(Ask(*client, {"GET", "n"}).text, "1000");
}

TEST_F(ClientTest, RefusesWhatCannotShareAConnection) {
  std::unique_ptr<Client> client = MakeClient();
  for (const char* name : {"SUBSCRIBE", "psubscribe", "Monitor", "QUIT", "HELLO", "unsubscribe"}) {
    EXPECT_EQ(SendAndWait(*client, One({name, "x"})).status().code(), absl::StatusCode::kInvalidArgument) << name;
  }
  EXPECT_EQ(SendAndWait(*client, {}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SendAndWait(*client, One(Command{})).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Ask(*client, {"ECHO", "still works"}).text, "still works");
}

TEST_F(ClientTest, RunsAScriptThatRedisHasForgotten) {
  const Script script("return redis.call('INCRBY', KEYS[1], ARGV[1])");
  std::unique_ptr<Client> client = MakeClient();
  EXPECT_EQ(Ask(*client, Command(script, {"n"}, {"5"})).integer, 5);
  Ask(*client, {"SCRIPT", "FLUSH"});
  EXPECT_EQ(Ask(*client, Command(script, {"n"}, {"5"})).integer, 10);
  EXPECT_EQ(Ask(*client, Command(script, {"n"}, {"5"})).integer, 15);
}

TEST_F(ClientTest, SendsAScriptsSourceOnlyOnce) {
  const Script script("return 1");
  std::unique_ptr<Client> client = MakeClient();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Ask(*client, Command(script, {}, {})).integer, 1);
  const std::string calls = Ask(*client, {"INFO", "commandstats"}).text;
  EXPECT_THAT(calls, HasSubstr("cmdstat_eval:calls=1,"));
  EXPECT_THAT(calls, HasSubstr("cmdstat_evalsha:calls=4,"));
}

TEST_F(ClientTest, RunsNoScriptOfABatchTwiceWhenAnotherIsForgotten) {
  const Script known("return redis.call('INCR', KEYS[1])");
  const Script forgotten("return redis.call('INCRBY', KEYS[1], 10)");
  std::unique_ptr<Client> client = MakeClient();
  const Batch batch = {.commands = {Command(known, {"a"}, {}),
                                    {"GET", "a"},
                                    Command(forgotten, {"b"}, {}),
                                    {"GET", "b"},
                                    Command(known, {"a"}, {})},
                       .routing_key = "",
                       .timeout = kLimit};
  ASSERT_TRUE(SendAndWait(*client, batch).ok());
  Ask(*client, {"SCRIPT", "FLUSH"});
  Ask(*client, {"SCRIPT", "LOAD", known.source()});
  const absl::StatusOr<std::vector<Reply>> replies = SendAndWait(*client, batch);
  ASSERT_TRUE(replies.ok()) << replies.status();
  ASSERT_EQ(replies->size(), 5u);
  EXPECT_EQ(replies->at(0).integer, 3);
  EXPECT_EQ(replies->at(1).text, "3");
  EXPECT_EQ(replies->at(2).integer, 20);
  EXPECT_EQ(replies->at(3).text, "20") << "what follows the forgotten script sees its effect";
  EXPECT_EQ(replies->at(4).integer, 4);
  EXPECT_EQ(Ask(*client, {"GET", "a"}).text, "4");
}

TEST_F(ClientTest, TellsAScriptsOwnErrorOnce) {
  const Script script("return redis.error_reply('NOSCRIPT of my own')");
  std::unique_ptr<Client> client = MakeClient();
  EXPECT_TRUE(Ask(*client, Command(script, {}, {})).is_error("NOSCRIPT"));
  EXPECT_TRUE(Ask(*client, Command(Script("this is no Lua"), {}, {})).is_error());
}

TEST_F(ClientTest, CountsWhatItDoes) {
  std::unique_ptr<Client> client = MakeClient();
  ASSERT_TRUE(SendAndWait(*client, {.commands = {{"PING"}, {"PING"}, {"PING"}}, .timeout = kLimit}).ok());
  ASSERT_FALSE(SendAndWait(*client, {}).ok());
  const ClientStatistics statistics = client->statistics();
  EXPECT_EQ(statistics.batches, 2u);
  EXPECT_EQ(statistics.commands, 3u);
  EXPECT_EQ(statistics.failures, 1u);
  EXPECT_EQ(statistics.connections, 1u);
  EXPECT_EQ(statistics.in_flight, 0);
}

TEST_F(ClientTest, RefusesOneBatchMoreThanItsQueueHolds) {
  ClientOptions options = Options();
  options.queue_limit = 10;
  std::unique_ptr<Client> client = MakeClient(options);
  Ask(*client, {"PING"});
  server_->Freeze();
  Outcomes outcomes(11);
  for (int i = 0; i < 11; ++i) client->Send(One({"ECHO", absl::StrCat(i)}), outcomes.At(i));
  ASSERT_TRUE(outcomes.WaitFor(1));
  EXPECT_EQ(outcomes.code(10), absl::StatusCode::kUnavailable);
  EXPECT_EQ(client->statistics().in_flight, 10);
  server_->Thaw();
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_TRUE(outcomes.EachCalledOnce());
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(outcomes.result(i).ok()) << outcomes.result(i).status();
}

TEST_F(ClientTest, RefusesMoreBytesThanItsQueueHolds) {
  ClientOptions options = Options();
  options.queue_limit_bytes = 4 << 20;
  std::unique_ptr<Client> client = MakeClient(options);
  Ask(*client, {"PING"});
  server_->Freeze();
  constexpr int kCount = 200;  // 200 times 64 KiB: more than the limit and the kernel's buffers.
  Outcomes outcomes(kCount);
  for (int i = 0; i < kCount; ++i) client->Send(One({"ECHO", std::string(64 << 10, 'x')}), outcomes.At(i));
  ASSERT_TRUE(outcomes.WaitFor(1));
  EXPECT_GE(client->statistics().in_flight, (4 << 20) / (64 << 10) - 1);
  server_->Thaw();
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_TRUE(outcomes.EachCalledOnce());
  int refused = 0;
  for (int i = 0; i < kCount; ++i) {
    if (outcomes.result(i).ok()) continue;
    EXPECT_EQ(outcomes.code(i), absl::StatusCode::kUnavailable);
    ++refused;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(Ask(*client, {"ECHO", "room again"}).text, "room again");
}

TEST_F(ClientTest, CancelsWhatIsUnderWayWhenItIsClosed) {
  std::unique_ptr<Client> client = MakeClient();
  Ask(*client, {"PING"});
  server_->Freeze();
  constexpr int kCount = 100;
  Outcomes outcomes(kCount + 1);
  for (int i = 0; i < kCount; ++i) client->Send(One({"PING"}), outcomes.At(i));
  client->Close();
  EXPECT_EQ(outcomes.total(), static_cast<size_t>(kCount));  // Close returns after the last callback.
  for (int i = 0; i < kCount; ++i) EXPECT_EQ(outcomes.code(i), absl::StatusCode::kCancelled);
  EXPECT_FALSE(client->connected());
  client->Send(One({"PING"}), outcomes.At(kCount));
  ASSERT_TRUE(outcomes.WaitForAll());
  EXPECT_EQ(outcomes.code(kCount), absl::StatusCode::kCancelled);
  client->Close();
  EXPECT_TRUE(outcomes.EachCalledOnce());
}

TEST_F(ClientTest, IsClosedWhileManyThreadsSend) {
  constexpr int kThreads = 4;
  constexpr int kEach = 2000;
  std::unique_ptr<Client> client = MakeClient();
  Outcomes outcomes(kThreads * kEach);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) client->Send(One({"PING"}), outcomes.At(t * kEach + i));
    });
  }
  ASSERT_TRUE(outcomes.WaitFor(100));
  client->Close();
  for (std::thread& thread : threads) thread.join();
  client.reset();
  EXPECT_EQ(outcomes.total(), static_cast<size_t>(kThreads * kEach));
  EXPECT_TRUE(outcomes.EachCalledOnce());
}

TEST_F(ClientTest, RefusesOptionsThatMakeNoSense) {
  const auto refused = [&](const std::function<void(ClientOptions&)>& change) {
    ClientOptions options = Options();
    change(options);
    return Client::Create(loop_.get(), options).status().code() == absl::StatusCode::kInvalidArgument;
  };
  EXPECT_TRUE(refused([](ClientOptions& options) { options.address = {}; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.queue_limit = 0; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.queue_limit_bytes = 0; }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.timeout = absl::ZeroDuration(); }));
  EXPECT_TRUE(refused([](ClientOptions& options) { options.reconnect_pause_limit = absl::ZeroDuration(); }));
}

// A port of the loopback that is free at this moment.
int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  close(fd);
  return ntohs(address.sin_port);
}

TEST_F(ClientTest, SpeaksTcpToNumbersAndNames) {
  const std::string port = absl::StrCat(FreePort());
  auto server = concord::testing::RedisServer::Start({"--port", port, "--bind", "127.0.0.1"});
  ASSERT_TRUE(server.ok()) << server.status();
  for (const char* host : {"127.0.0.1", "localhost"}) {
    std::unique_ptr<Client> client = MakeClient({.address = *ParseAddress(absl::StrCat(host, ":", port))});
    EXPECT_EQ(Ask(*client, {"ECHO", host}).text, host);
  }
}

TEST_F(ClientTest, SaysWhyItCannotConnect) {
  const int closed_port = FreePort();
  for (const std::string& address :
       {absl::StrCat("127.0.0.1:", closed_port), std::string("unix:/nowhere/redis.sock")}) {
    std::unique_ptr<Client> client = MakeClient({.address = *ParseAddress(address)});
    const absl::Status status =
        SendAndWait(*client, {.commands = {{"PING"}}, .timeout = absl::Milliseconds(100)}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(std::string(status.message()), ::testing::AnyOf(HasSubstr("refused"), HasSubstr("No such file")));
    EXPECT_FALSE(client->connected());
  }
}

}  // namespace
}  // namespace concord::redis
