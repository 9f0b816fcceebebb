// Commits a ready-made change for each call and answers when Redis has it on
// disk: what a write costs without views, rules, checks of what was read, or an
// engine.
//
//   bench_commit --listen=127.0.0.1:9000 --redis=unix:/path/redis.sock
//
// serves "/concord.bench/Commit".
#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/ledger/commit.h"
#include "common/ledger/epoch.h"
#include "common/ledger/store.h"
#include "common/redis/client.h"
#include "common/redis/loop.h"
#include "grpcpp/grpcpp.h"
#include "tests/bench/raw_server.h"

namespace concord::bench {
namespace {

// Makes commits that differ only in what must differ. Thread-safe.
class Commits {
 public:
  Commits(int names, int image_bytes) : names_(names), run_(ledger::NewEpoch()) {
    ready_.scope = "plans/bare";
    ready_.body.set_principal("bench");
    ready_.body.set_method("/concord.bench/Commit");
    ledger::v1::Change* change = ready_.body.add_changes();
    change->set_collection("actions");
    change->set_image(std::string(image_bytes, 'x'));
    ready_.request_record.set_fingerprint(std::string(32, 'f'));
  }

  ledger::Commit Next() {
    const int64_t number = next_.fetch_add(1, std::memory_order_relaxed);
    ledger::Commit commit = ready_;
    commit.body.mutable_changes(0)->set_name(absl::StrCat("plans/bare/actions/a", number % names_));
    commit.request_key = absl::StrCat(run_, "-", number);
    return commit;
  }

 private:
  const int64_t names_;
  const std::string run_;  // So that no request key is used again by the next run.
  ledger::Commit ready_;
  std::atomic<int64_t> next_{0};
};

void Answer(const absl::StatusOr<ledger::CommitOutcome>& outcome, const grpc::Slice& bytes, grpc::ByteBuffer* response,
            grpc::ServerUnaryReactor* reactor) {
  if (!outcome.ok()) {
    reactor->Finish(grpc::Status(grpc::StatusCode::UNAVAILABLE, std::string(outcome.status().message())));
  } else if (outcome->kind != ledger::CommitOutcome::Kind::kCommitted) {
    reactor->Finish(grpc::Status(grpc::StatusCode::ABORTED, "not committed"));
  } else {
    *response = grpc::ByteBuffer(&bytes, 1);
    reactor->Finish(grpc::Status::OK);
  }
}

int Run(const std::string& listen, const std::string& redis_address, int names, int bytes_count) {
  auto loop = redis::Loop::Create();
  auto address = redis::ParseAddress(redis_address);
  if (!loop.ok() || !address.ok()) {
    std::fprintf(stderr, "%s\n", (loop.ok() ? address.status() : loop.status()).ToString().c_str());
    return 1;
  }
  redis::ClientOptions options;
  options.address = *address;
  auto client = redis::Client::Create(loop->get(), options);
  if (!client.ok()) {
    std::fprintf(stderr, "%s\n", client.status().ToString().c_str());
    return 1;
  }
  ledger::Store store(client->get(), ledger::StoreOptions());
  // The ceiling counts only with the durability that the services insist on.
  if (absl::Status status = store.CheckSettings(); !status.ok()) {
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
    return 1;
  }

  Commits commits(names, bytes_count);
  const grpc::Slice bytes(std::string(bytes_count, 'x'));
  RawService service;
  service.Add("/concord.bench/Commit", [&](grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                           grpc::ByteBuffer* response) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    store.Commit(commits.Next(), [&bytes, response, reactor](absl::StatusOr<ledger::CommitOutcome> outcome) {
      Answer(outcome, bytes, response, reactor);
    });
    return reactor;
  });
  return Serve(listen, service);
}

}  // namespace
}  // namespace concord::bench

int main(int argc, char** argv) {
  concord::bench::BlockEndSignals();
  CLI::App app("A bare gRPC server that commits one ready-made change for each call");
  std::string listen, redis;
  int names = 1000, bytes = 600;
  app.add_option("--listen", listen, "unix:PATH or host:port")->required();
  app.add_option("--redis", redis, "unix:PATH or host:port")->required();
  app.add_option("--names", names, "Resources that take turns in being changed")->check(CLI::PositiveNumber);
  app.add_option("--bytes", bytes, "Size of an image and of an answer")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  return concord::bench::Run(listen, redis, names, bytes);
}
