// What the tests of this folder and of the services' rules share: states made by hand,
// looked at through a Context, without a store.
#ifndef COMMON_RPC_STATE_FIXTURE_H_
#define COMMON_RPC_STATE_FIXTURE_H_

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/aip/seal.h"
#include "common/ledger/digest.h"
#include "common/rpc/access.h"
#include "common/rpc/context.h"
#include "common/rpc/page_token.h"
#include "common/rpc/resource_type.h"
#include "common/rpc/stamper.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace concord::rpc {

// A message from Protobuf's text format.
template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

inline aip::Sealer TestSealer(absl::string_view key = "a key of at least thirty-two bytes") {
  return *aip::Sealer::Create(key);
}

// Shows everybody everything but what was hidden by name.
class HidingAccess : public DevelopmentAccess {
 public:
  bool Visible(const Caller& /*caller*/, const ledger::Resource& resource) const override {
    return std::find(hidden.begin(), hidden.end(), resource.name) == hidden.end();
  }
  std::vector<std::string> hidden;
};

// The states of some scopes. Put resources, then look.
class State {
 public:
  explicit State(std::vector<ResourceType> types)
      : types_(std::move(types)), stamper_(TestSealer()), tokens_(TestSealer()) {
    facts_.caller.principal = "development:tester";
    facts_.method = "concord.test.v1.TestService/Test";
    facts_.request_id = "request";
    facts_.request_key = "key";
    facts_.now = absl::FromCivil(absl::CivilSecond(2012, 2, 29, 12, 0, 0), absl::UTCTimeZone());
  }

  // In its scope's next revision.
  template <typename Message>
  State& Put(const Message& message) {
    const ResourceType& type = types_.Of(Message::descriptor());
    const std::string scope = type.ScopeOf(message.name());
    const ledger::SnapshotPtr before = Of(scope);
    ledger::Event event;
    event.revision = before->position().revision + 1;
    event.time = absl::FromUnixSeconds(1'000'000 + event.revision);
    ledger::v1::Change& change = *event.body.add_changes();
    change.set_name(message.name());
    change.set_collection(type.collection().id);
    change.set_image(message.SerializeAsString());
    if (const ledger::Resource* old = before->Find(type.collection().id, message.name()); old != nullptr) {
      change.set_previous_revision(old->stamp.revision);
      change.set_create_time_micros(absl::ToUnixMicros(old->stamp.create_time));
    }
    event.raw_body = event.body.SerializeAsString();
    event.digest = ledger::ChainDigest(before->position().digest, event.revision, absl::ToUnixMicros(event.time),
                                       ledger::Sha256Hex(event.raw_body));
    auto after = before->After(event, "epoch", stamper_);
    EXPECT_TRUE(after.ok()) << after.status();
    if (after.ok()) scopes_[scope] = *std::move(after);
    return *this;
  }

  // The state of a scope; from now on it is at hand, be it empty.
  ledger::SnapshotPtr Of(const std::string& scope) {
    ledger::SnapshotPtr& snapshot = scopes_[scope];
    if (snapshot == nullptr) snapshot = std::make_shared<ledger::Snapshot>(scope, types_.InScope(scope));
    return snapshot;
  }

  Context Look() { return Context(facts_, types_, access_, scopes_); }

  const ResourceTypes& types() const { return types_; }
  const EtagStamper& stamper() const { return stamper_; }
  const PageTokens& tokens() const { return tokens_; }
  HidingAccess& access() { return access_; }
  CallFacts& facts() { return facts_; }

 private:
  const ResourceTypes types_;
  const EtagStamper stamper_;
  const PageTokens tokens_;
  HidingAccess access_;
  CallFacts facts_;
  absl::flat_hash_map<std::string, ledger::SnapshotPtr> scopes_;
};

}  // namespace concord::rpc

#endif  // COMMON_RPC_STATE_FIXTURE_H_
