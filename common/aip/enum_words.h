// Enum values as messages and metadata say them. Pure; safe from any thread.
#ifndef COMMON_AIP_ENUM_WORDS_H_
#define COMMON_AIP_ENUM_WORDS_H_

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace concord::aip {

// "HALF_YEARLY" of FREQUENCY_HALF_YEARLY: the value without what all values of its type begin with.
template <typename Enum>
std::string WordOf(Enum value) {
  const google::protobuf::EnumDescriptor& type = *google::protobuf::GetEnumDescriptor<Enum>();
  const auto* named = type.FindValueByNumber(value);
  if (named == nullptr) return "";
  const std::string& unspecified = type.FindValueByNumber(0)->name();
  return named->name().substr(unspecified.size() - (sizeof("UNSPECIFIED") - 1));
}

}  // namespace concord::aip

#endif  // COMMON_AIP_ENUM_WORDS_H_
