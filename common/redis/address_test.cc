#include <string>

#include "common/redis/client.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace concord::redis {
namespace {

using ::testing::HasSubstr;

TEST(ParseAddress, ReadsAUnixSocket) {
  const absl::StatusOr<Address> address = ParseAddress("unix:/run/redis.sock");
  ASSERT_TRUE(address.ok()) << address.status();
  EXPECT_EQ(address->unix_socket, "/run/redis.sock");
  EXPECT_EQ(address->host, "");
}

TEST(ParseAddress, ReadsAHostAndAPort) {
  const absl::StatusOr<Address> address = ParseAddress("redis.example.org:6379");
  ASSERT_TRUE(address.ok()) << address.status();
  EXPECT_EQ(address->host, "redis.example.org");
  EXPECT_EQ(address->port, 6379);
  EXPECT_EQ(address->unix_socket, "");
}

TEST(ParseAddress, ReadsIpv6InBrackets) {
  const absl::StatusOr<Address> address = ParseAddress("[::1]:6379");
  ASSERT_TRUE(address.ok()) << address.status();
  EXPECT_EQ(address->host, "::1");
}

TEST(ParseAddress, IsUndoneByToString) {
  for (const char* text : {"unix:/run/redis.sock", "localhost:1", "10.0.0.1:65535", "[fe80::1]:6379"}) {
    const absl::StatusOr<Address> address = ParseAddress(text);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->ToString(), text);
  }
}

TEST(ParseAddress, RefusesWithWhatIsWrong) {
  const struct {
    std::string text;
    const char* reason;
  } cases[] = {
      {"", "expected unix:/path or host:port"},
      {"localhost", "expected unix:/path or host:port"},
      {"unix:", "absolute path"},
      {"unix:relative.sock", "absolute path"},
      {"unix:/" + std::string(107, 'a'), "at most 107 bytes"},
      {":6379", "host is missing"},
      {"[]:6379", "host is missing"},
      {"[::1:6379", "without"},
      {"::1:6379", "needs brackets"},
      {"localhost:", "from 1 to 65535"},
      {"localhost:0", "from 1 to 65535"},
      {"localhost:65536", "from 1 to 65535"},
      {"localhost:-1", "from 1 to 65535"},
      {"localhost: 1", "from 1 to 65535"},
      {"localhost:99999999999", "from 1 to 65535"},
      {"localhost:redis", "from 1 to 65535"},
  };
  for (const auto& wrong : cases) {
    const absl::StatusOr<Address> address = ParseAddress(wrong.text);
    EXPECT_EQ(address.status().code(), absl::StatusCode::kInvalidArgument) << wrong.text;
    EXPECT_THAT(std::string(address.status().message()), HasSubstr(wrong.reason)) << wrong.text;
  }
  EXPECT_TRUE(ParseAddress("unix:/" + std::string(106, 'a')).ok());
}

TEST(Script, IsKnownByItsSha1) {
  // The digest that Redis itself computes: SCRIPT LOAD "return 1".
  EXPECT_EQ(Script("return 1").sha1(), "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
}

TEST(Command, OfAScriptCountsItsKeys) {
  const Script script("return 1");
  const Command command(script, {"a", "b"}, {"x"});
  EXPECT_THAT(command.arguments, ::testing::ElementsAre("EVALSHA", script.sha1(), "2", "a", "b", "x"));
  EXPECT_EQ(command.script, &script);
}

}  // namespace
}  // namespace concord::redis
