#include <openssl/evp.h>

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/redis/client.h"

namespace concord::redis {
namespace {

// Redis names scripts by SHA-1; nothing here depends on it being hard to forge.
std::string Sha1(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &length, EVP_sha1(), nullptr) != 1) return "";
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), length));
}

}  // namespace

Script::Script(std::string source) : source_(std::move(source)), sha1_(Sha1(source_)) {}

Command::Command(const Script& the_script, std::vector<std::string> keys, std::vector<std::string> script_arguments)
    : script(&the_script) {
  arguments.reserve(3 + keys.size() + script_arguments.size());
  arguments.push_back("EVALSHA");
  arguments.push_back(the_script.sha1());
  arguments.push_back(absl::StrCat(keys.size()));
  for (std::string& key : keys) arguments.push_back(std::move(key));
  for (std::string& argument : script_arguments) arguments.push_back(std::move(argument));
}

}  // namespace concord::redis
