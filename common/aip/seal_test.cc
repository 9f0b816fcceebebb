#include "common/aip/seal.h"

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace concord::aip {
namespace {

using testing::IsOk;
using ::testing::MatchesRegex;

Sealer MakeSealer(char fill = 'k') { return *Sealer::Create(std::string(32, fill)); }

TEST(Sealer, NeedsAKeyOf32Bytes) {
  EXPECT_THAT(Sealer::Create(std::string(32, 'k')), IsOk());
  EXPECT_EQ(Sealer::Create(std::string(31, 'k')).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Sealer::Create("").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Sealer, OpensWhatItSealed) {
  const Sealer sealer = MakeSealer();
  for (const std::string& content :
       {std::string(), std::string("x"), std::string("\0\xFF\x80", 3), std::string(5000, 'y')}) {
    EXPECT_EQ(sealer.Open("etag", sealer.Seal("etag", content)), content);
    EXPECT_EQ(sealer.Open("", sealer.Seal("", content)), content);
  }
}

TEST(Sealer, GivesTheSameTextForTheSameContent) {
  EXPECT_EQ(MakeSealer().Seal("etag", "x"), MakeSealer().Seal("etag", "x"));
}

TEST(Sealer, WritesTextThatNeedsNoEscapingInUrls) {
  const Sealer sealer = MakeSealer();
  std::string all;
  for (int c = 0; c < 256; ++c) {
    all += static_cast<char>(c);
    EXPECT_THAT(sealer.Seal("etag", all), MatchesRegex("[A-Za-z0-9_-]+"));
  }
}

TEST(Sealer, RefusesAnotherPurpose) {
  const Sealer sealer = MakeSealer();
  EXPECT_FALSE(sealer.Open("page", sealer.Seal("etag", "x")).has_value());
  // Not even where purpose and content together are the same bytes.
  EXPECT_FALSE(sealer.Open("etagx", sealer.Seal("etag", "x")).has_value());
  EXPECT_NE(sealer.Seal("ab", "c").substr(2), sealer.Seal("a", "bc").substr(3));
}

TEST(Sealer, RefusesAnotherKey) {
  EXPECT_FALSE(MakeSealer('k').Open("etag", MakeSealer('l').Seal("etag", "x")).has_value());
}

TEST(Sealer, RefusesTheTextAfterAnyChangeOfOneCharacter) {
  const Sealer sealer = MakeSealer();
  for (const absl::string_view content : {"", "1", "12", "123"}) {
    const std::string text = sealer.Seal("etag", content);
    for (size_t i = 0; i < text.size(); ++i) {
      for (int c = 0; c < 256; ++c) {
        std::string changed = text;
        changed[i] = static_cast<char>(c);
        if (changed == text) continue;
        ASSERT_FALSE(sealer.Open("etag", changed).has_value()) << text << " " << changed;
      }
    }
  }
}

TEST(Sealer, RefusesTheTextCutOrLengthened) {
  const Sealer sealer = MakeSealer();
  const std::string text = sealer.Seal("etag", "content");
  for (size_t size = 0; size < text.size(); ++size) EXPECT_FALSE(sealer.Open("etag", text.substr(0, size)).has_value());
  for (const char* more : {"A", "=", "==", ".", " ", "\n", "AAAA"}) {
    EXPECT_FALSE(sealer.Open("etag", text + more).has_value()) << more;
    EXPECT_FALSE(sealer.Open("etag", more + text).has_value()) << more;
  }
}

TEST(Sealer, RefusesTheSameBytesInTheOtherBase64) {
  const Sealer sealer = MakeSealer();
  for (int i = 0; i < 100; ++i) {
    const std::string text = sealer.Seal("etag", std::to_string(i));
    std::string bytes;
    ASSERT_TRUE(absl::WebSafeBase64Unescape(text, &bytes));
    const std::string other = absl::Base64Escape(bytes);
    if (other == text) continue;
    EXPECT_FALSE(sealer.Open("etag", other).has_value()) << other;
  }
}

// Computed by hand: base64url(content + HMAC-SHA256(key, "4:etagx")[:16]). A
// change here would make all tokens in use invalid.
TEST(Sealer, KeepsItsFormat) { EXPECT_EQ(MakeSealer().Seal("etag", "x"), "eHO9QSfGEsS5rJ8JfctQvkw"); }

TEST(Sealer, HashesAKeyOfMoreThanABlockAsHmacDoes) {
  EXPECT_EQ(Sealer::Create(std::string(65, 'k'))->Seal("etag", "x"), "eBhyarWvrdGoyP8XIDJl8uU");
  EXPECT_EQ(Sealer::Create(std::string(64, 'k'))->Seal("etag", "x"), "eNzSyChARRS1wM500joyo98");
}

TEST(Sealer, MayBeCopied) {
  Sealer sealer = MakeSealer('k');
  const Sealer copy = sealer;
  sealer = MakeSealer('l');
  EXPECT_EQ(copy.Open("etag", MakeSealer('k').Seal("etag", "x")), "x");
}

TEST(Sha256, IsTheKnownOne) {
  EXPECT_EQ(absl::BytesToHexString(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(absl::BytesToHexString(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace concord::aip
