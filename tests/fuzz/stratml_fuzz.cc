// Any text as a StratML document: it is read or refused with at least one problem, and never crashes. What is read is a
// plan that a plan file may hold; each loss has a line of the document and a reason; and written again, in
// both parts, it comes back unchanged with the plan beside it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "common/status/error.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/stratml.h"
#include "tests/fuzz/check.h"

namespace {

using concord::Violations;
using concord::ctl::StratmlPart;
using concord::planfile::v1::PlanFile;

void CheckRoundTrip(const PlanFile& file, StratmlPart part) {
  const auto text = concord::ctl::WriteStratml(file, part);
  if (file.objectives().empty()) {
    FUZZ_CHECK(!text.ok());
    return;
  }
  FUZZ_CHECK(text.ok());
  FUZZ_CHECK(concord::ctl::LooksLikeXml(text->xml));
  const auto again = concord::ctl::ReadStratml(text->xml, {.plan = "", .sidecar = &file});
  FUZZ_CHECK(again.ok());
  FUZZ_CHECK(concord::ctl::FormatPlanFile(again->file) == concord::ctl::FormatPlanFile(file));
  FUZZ_CHECK(concord::ctl::ReadStratml(text->xml, {}).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view xml(reinterpret_cast<const char*>(data), size);
  const auto plan = concord::ctl::ReadStratml(xml, {.plan = "plans/p"});
  if (!plan.ok()) {
    FUZZ_CHECK(!concord::ViolationsOf(plan.status()).empty());
    return 0;
  }
  Violations violations;
  concord::ctl::CheckPlanFile(plan->file, violations);
  FUZZ_CHECK(violations.empty());
  const int lines = 1 + static_cast<int>(std::count(xml.begin(), xml.end(), '\n'));
  for (const auto& loss : plan->losses) FUZZ_CHECK(loss.line >= 1 && loss.line <= lines && !loss.text.empty());
  CheckRoundTrip(plan->file, StratmlPart::kStrategicPlan);
  CheckRoundTrip(plan->file, StratmlPart::kPerformance);
  return 0;
}
