// Any text as a plan file: it is read or refused with at least one problem, and
// never crashes. What is read is written and read again as the same plan, in the
// same bytes; brought to an empty server it is nothing but creations, one for each
// resource; and on a server that has it nothing is left to change.
#include <cstddef>
#include <cstdint>
#include <string>

#include "common/status/error.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/concordctl/plan_difference.h"
#include "services/concordctl/plan_file.h"
#include "tests/fuzz/check.h"

namespace {

using concord::Violations;
using concord::ctl::PlanState;
using concord::planfile::v1::PlanFile;

void CheckRoundTrip(const PlanFile& file) {
  const std::string text = concord::ctl::FormatPlanFile(file);
  const auto again = concord::ctl::ParsePlanFile(text);
  FUZZ_CHECK(again.ok());
  FUZZ_CHECK(google::protobuf::util::MessageDifferencer::Equals(*again, file));
  FUZZ_CHECK(concord::ctl::FormatPlanFile(*again) == text);
}

void CheckDifferences(const PlanFile& file) {
  PlanState server;
  Violations violations;
  concord::ctl::CheckAgainstServer(file, server, /*prune=*/false, violations);
  if (!violations.empty()) return;  // It refers to what is not in the file.
  const auto first = concord::ctl::FindDifference(file, server, /*prune=*/false, violations);
  FUZZ_CHECK(violations.empty());
  FUZZ_CHECK(first.steps.size() == size_t{1} + file.objectives_size() + file.indicators_size() + file.actions_size() +
                                       file.milestones_size());
  server.plan = file.plan();
  server.objectives.assign(file.objectives().begin(), file.objectives().end());
  server.actions.assign(file.actions().begin(), file.actions().end());
  server.indicators.assign(file.indicators().begin(), file.indicators().end());
  server.milestones.assign(file.milestones().begin(), file.milestones().end());
  const auto second = concord::ctl::FindDifference(file, server, /*prune=*/true, violations);
  FUZZ_CHECK(violations.empty() && second.steps.empty() && second.kept.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto file = concord::ctl::ParsePlanFile({reinterpret_cast<const char*>(data), size});
  if (!file.ok()) {
    FUZZ_CHECK(!concord::ViolationsOf(file.status()).empty());
    return 0;
  }
  CheckRoundTrip(*file);
  CheckDifferences(*file);
  return 0;
}
