// What Redis answered, as a value of our own.
#ifndef COMMON_REDIS_REPLY_H_
#define COMMON_REDIS_REPLY_H_

#include <cstdint>
#include <string>
#include <vector>

namespace concord::redis {

// One answer. A value; copy and move it freely.
struct Reply {
  enum class Kind { kNil, kInteger, kString, kStatus, kError, kArray };

  bool is_nil() const { return kind == Kind::kNil; }
  bool is_error() const { return kind == Kind::kError; }
  // Whether it is an error that begins with this word, for example "NOSCRIPT".
  bool is_error(const char* word) const { return is_error() && text.rfind(word, 0) == 0; }

  Kind kind = Kind::kNil;
  int64_t integer = 0;          // kInteger.
  std::string text;             // kString, kStatus, kError.
  std::vector<Reply> elements;  // kArray.
};

}  // namespace concord::redis

#endif  // COMMON_REDIS_REPLY_H_
