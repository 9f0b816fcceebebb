#include "common/ledger/digest.h"

#include <string>

#include "common/ledger/event.h"
#include "gtest/gtest.h"

namespace concord::ledger {
namespace {

// printf abc | sha256sum
constexpr char kBodyHash[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
// printf ":1:1700000000000000:$body_hash" | sha1sum
constexpr char kFirst[] = "e326ad75a012b925c517f04bad96d7b0b13ef20e";
// printf "$first:2:1700000000000001:$body_hash" | sha1sum
constexpr char kSecond[] = "393f6132900e827513488f5ae5bbe727eb8eca5c";

TEST(Digest, OfABodyIsItsSha256) { EXPECT_EQ(Sha256Hex("abc"), kBodyHash); }

TEST(Digest, OfTheFirstRevisionFollowsNothing) {
  EXPECT_EQ(ChainDigest("", 1, 1'700'000'000'000'000, kBodyHash), kFirst);
}

TEST(Digest, OfALaterRevisionFollowsTheOneBefore) {
  EXPECT_EQ(ChainDigest(kFirst, 2, 1'700'000'000'000'001, kBodyHash), kSecond);
}

TEST(Digest, PieceIsTheBeginOfADigest) { EXPECT_EQ(DigestPiece(kFirst), std::string(kFirst).substr(0, 16)); }

TEST(Digest, BindsRevisionTimeBodyAndPredecessor) {
  Event event;
  event.revision = 2;
  event.time = absl::FromUnixMicros(1'700'000'000'000'001);
  event.raw_body = "abc";
  event.digest = kSecond;
  Position first;
  first.revision = 1;
  first.digest = kFirst;
  EXPECT_TRUE(Follows(event, first));

  Event other_body = event;
  other_body.raw_body = "abd";
  EXPECT_FALSE(Follows(other_body, first));
  Event other_time = event;
  other_time.time += absl::Microseconds(1);
  EXPECT_FALSE(Follows(other_time, first));
  Event other_revision = event;
  other_revision.revision = 3;
  EXPECT_FALSE(Follows(other_revision, first));
  Position elsewhere = first;
  elsewhere.digest = kSecond;
  EXPECT_FALSE(Follows(event, elsewhere));
}

}  // namespace
}  // namespace concord::ledger
