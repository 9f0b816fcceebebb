// What a list with a filter or an order costs over 10,000 actions, without Redis and gRPC: milliseconds per call.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "common/rpc/listing.h"
#include "common/rpc/state_fixture.h"
#include "concord/action/v1/action_service.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::rpc {
namespace {

namespace api = ::concord::action::v1;

constexpr int kActions = 10'000;

// One plan with many actions; made once, for all benchmarks.
State& ManyActions() {
  static auto& state = *[] {
    auto* made = new State(
        {{objective::v1::Plan::default_instance(), "plans/{plan}"}, {api::Action::default_instance(), "plans/{plan}"}});
    objective::v1::Plan plan;
    plan.set_name("plans/p");
    made->Put(plan);
    for (int i = 0; i < kActions; ++i) {
      api::Action action;
      action.set_name(absl::StrFormat("plans/p/actions/a%05d", i));
      action.set_title(absl::StrCat("A title of the usual length for action ", i));
      action.set_code(absl::StrCat(i % 97, ".", i));
      action.set_state(static_cast<api::Action::State>(1 + i % 6));
      action.mutable_due_date()->set_year(2011 + i % 5);
      action.mutable_due_date()->set_month(1 + i % 12);
      action.mutable_due_date()->set_day(1 + i % 28);
      (*action.mutable_labels())["area"] = i % 3 == 0 ? "training" : "outreach";
      action.add_objective_links()->set_objective(absl::StrCat("plans/p/objectives/", i % 7));
      action.set_description(std::string(500, 'd'));
      made->Put(action);
    }
    return made;
  }();
  return state;
}

// Every row is asked: none, or nearly none, fits.
void List(benchmark::State& state, const std::string& filter, const std::string& order_by) {
  State& actions = ManyActions();
  const Method list =
      ListMethod(actions.types().Of(api::Action::descriptor()), actions.tokens(),
                 api::ListActionsRequest::default_instance(), api::ListActionsResponse::default_instance());
  api::ListActionsRequest request;
  request.set_parent("plans/p");
  request.set_filter(filter);
  request.set_order_by(order_by);
  for (auto _ : state) {
    Context context = actions.Look();
    const auto reply = list.read(request, context);
    if (!reply.ok()) return state.SkipWithError(reply.status().ToString().c_str());
    benchmark::DoNotOptimize(*reply);
  }
  state.SetItemsProcessed(state.iterations() * kActions);
}

BENCHMARK_CAPTURE(List, all_of_a_page, "", "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(List, by_state, "state = APPROVED AND due_date < 2010-01-01", "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(List, by_label, "labels.area = sales", "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(List, by_text, "title = \"*action 9999\"", "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(List, by_element, "objective_links.objective:\"plans/p/objectives/8\"", "")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(List, by_five_comparisons,
                  "(state = APPROVED OR state = IN_PROGRESS) AND due_date >= 2012-01-01 AND labels.area = training AND "
                  "NOT lead:* AND title = nothing",
                  "")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(List, in_an_order, "", "due_date desc, code")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace concord::rpc
