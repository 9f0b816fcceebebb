#include "common/rpc/memo.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace concord::rpc {
namespace {

Reply Bytes(size_t count) { return std::make_shared<const std::string>(count, 'x'); }

TEST(Memo, FindsWhatItKeeps) {
  Memo memo(100);
  EXPECT_EQ(memo.Find("a"), nullptr);
  const Reply reply = Bytes(5);
  memo.Keep("a", reply);
  EXPECT_EQ(memo.Find("a"), reply);
  memo.Keep("a", Bytes(6));
  EXPECT_EQ(memo.Find("a"), reply) << "the first stays";
}

TEST(Memo, DropsWhatWasUsedLongestAgo) {
  Memo memo(30);  // Three of nine bytes and a key of one.
  for (const char* key : {"a", "b", "c"}) memo.Keep(key, Bytes(9));
  EXPECT_NE(memo.Find("a"), nullptr);
  memo.Keep("d", Bytes(9));
  EXPECT_EQ(memo.Find("b"), nullptr);
  for (const char* key : {"a", "c", "d"}) EXPECT_NE(memo.Find(key), nullptr) << key;
}

TEST(Memo, DoesNotKeepWhatIsLargerThanItself) {
  Memo memo(30);
  memo.Keep("a", Bytes(9));
  memo.Keep("huge", Bytes(31));
  EXPECT_EQ(memo.Find("huge"), nullptr);
  EXPECT_NE(memo.Find("a"), nullptr);
}

}  // namespace
}  // namespace concord::rpc
