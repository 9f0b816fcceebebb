// What the ledger's pieces cost by themselves, without Redis and gRPC.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "common/ledger/commit_arguments.h"
#include "common/ledger/digest.h"
#include "common/ledger/epoch.h"
#include "common/ledger/ordered_rows.h"
#include "common/ledger/snapshot.h"
#include "concord/action/v1/action.pb.h"

namespace concord::ledger {
namespace {

constexpr char kScope[] = "plans/bench";
constexpr int kImageBytes = 500;  // Of a description; an action of the usual size.

std::string NameOf(int64_t number) { return absl::StrFormat("%s/actions/a%06d", kScope, number); }

struct Numbered {
  std::string key;
  int64_t number = 0;
};
const std::string& KeyOf(const Numbered& row) { return row.key; }

OrderedRows<Numbered> RowsOf(int64_t size) {
  std::vector<std::shared_ptr<const Numbered>> rows;
  for (int64_t i = 0; i < size; ++i) rows.push_back(std::make_shared<const Numbered>(Numbered{NameOf(i), i}));
  return OrderedRows<Numbered>::FromSorted(std::move(rows));
}

void OrderedRowsFind(benchmark::State& state) {
  const OrderedRows<Numbered> rows = RowsOf(state.range(0));
  const std::string name = NameOf(state.range(0) / 3);
  for (auto _ : state) benchmark::DoNotOptimize(rows.Find(name));
}
BENCHMARK(OrderedRowsFind)->Arg(10'000)->Arg(50'000);

// Beside a copy that keeps the old content alive, as readers of a snapshot do.
void OrderedRowsPut(benchmark::State& state) {
  const OrderedRows<Numbered> original = RowsOf(state.range(0));
  const auto row = std::make_shared<const Numbered>(Numbered{NameOf(state.range(0) / 3), 7});
  for (auto _ : state) {
    OrderedRows<Numbered> rows = original;
    rows.Put(row);
    benchmark::DoNotOptimize(rows);
  }
}
BENCHMARK(OrderedRowsPut)->Arg(10'000)->Arg(50'000)->Unit(benchmark::kMicrosecond);

void OrderedRowsWalk(benchmark::State& state) {
  const OrderedRows<Numbered> rows = RowsOf(state.range(0));
  for (auto _ : state) {
    int64_t sum = 0;
    rows.ForEachFrom("", [&sum](const Numbered& row) {
      sum += row.number;
      return true;
    });
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(OrderedRowsWalk)->Arg(10'000)->Arg(50'000)->Unit(benchmark::kMicrosecond);

class BareStamper final : public Stamper {
 public:
  void Apply(const Stamp& stamp, google::protobuf::Message& message) const override {
    auto& action = static_cast<action::v1::Action&>(message);
    action.set_etag(absl::StrCat(stamp.revision, stamp.digest_piece));
    action.mutable_update_time()->set_seconds(absl::ToUnixSeconds(stamp.update_time));
  }
};

Collection ActionCollection() {
  return {"actions", &action::v1::Action::default_instance(), [](const google::protobuf::Message& message) {
            return std::vector<std::string>{
                absl::StrCat("actions.code=", static_cast<const action::v1::Action&>(message).code())};
          }};
}

std::string ImageOf(int64_t number) {
  action::v1::Action action;
  action.set_name(NameOf(number));
  action.set_title("A title of the usual length for an action");
  action.set_code(absl::StrCat("A.", number));
  action.set_description(std::string(kImageBytes, 'd'));
  return action.SerializeAsString();
}

Event EventAfter(const Position& position, v1::EventBody body) {
  Event event;
  event.revision = position.revision + 1;
  event.time = position.time + absl::Microseconds(1);
  event.raw_body = body.SerializeAsString();
  event.body = std::move(body);
  event.digest =
      ChainDigest(position.digest, event.revision, absl::ToUnixMicros(event.time), Sha256Hex(event.raw_body));
  return event;
}

void AddChange(int64_t number, int64_t previous_revision, v1::EventBody* body) {
  v1::Change* change = body->add_changes();
  change->set_name(NameOf(number));
  change->set_collection("actions");
  change->set_image(ImageOf(number));
  change->set_previous_revision(previous_revision);
}

// One changed action: what a view does for each commit.
void SnapshotAfter(benchmark::State& state) {
  const Collection actions = ActionCollection();
  const BareStamper stamper;
  const std::string epoch = NewEpoch();
  auto snapshot = std::make_shared<const Snapshot>(kScope, std::vector<const Collection*>{&actions});
  for (int64_t done = 0; done < state.range(0);) {
    v1::EventBody body;
    for (int i = 0; i < kCommitResourceLimit && done < state.range(0); ++i) AddChange(done++, 0, &body);
    auto next = snapshot->After(EventAfter(snapshot->position(), std::move(body)), epoch, stamper);
    if (!next.ok()) return state.SkipWithError(next.status().ToString().c_str());
    snapshot = *next;
  }
  v1::EventBody body;
  const Resource* before = snapshot->Find("actions", NameOf(state.range(0) / 3));
  AddChange(state.range(0) / 3, before->stamp.revision, &body);
  const Event event = EventAfter(snapshot->position(), std::move(body));
  for (auto _ : state) {
    auto next = snapshot->After(event, epoch, stamper);
    if (!next.ok()) return state.SkipWithError(next.status().ToString().c_str());
    benchmark::DoNotOptimize(next);
  }
}
BENCHMARK(SnapshotAfter)->Arg(10'000)->Arg(50'000)->Unit(benchmark::kMicrosecond);

// One changed action and what its handler looked at.
void BuildCommitArguments(benchmark::State& state) {
  Commit commit;
  commit.scope = kScope;
  commit.request_key = std::string(64, 'k');
  commit.preconditions.position = {NewEpoch(), 1000, std::string(40, 'd'), absl::UnixEpoch()};
  commit.preconditions.resources = {{"plans", kScope, 3}, {"actions", NameOf(1), 700}};
  commit.reservations = {{"actions.code=A.1", NameOf(1)}};
  AddChange(1, 700, &commit.body);
  for (auto _ : state) {
    const std::string raw_body = commit.body.SerializeAsString();
    benchmark::DoNotOptimize(CommitArguments(commit, raw_body, "0123456789abcdef"));
  }
}
BENCHMARK(BuildCommitArguments);

}  // namespace
}  // namespace concord::ledger
