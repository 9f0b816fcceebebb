// A plan that never was, made of a real one: everywhere marked as simulated.
//
// Pure and free of gRPC; safe from any thread.
#ifndef SERVICES_CONCORDCTL_SIMULATED_PLAN_H_
#define SERVICES_CONCORDCTL_SIMULATED_PLAN_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "concord/planfile/v1/plan_file.pb.h"

namespace concord::ctl {

// Chance that is the same on every machine, for one seed.
class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed) {}

  // 0 to limit - 1.
  int Below(int limit);
  // `percent` times in a hundred.
  bool Happens(int percent) { return Below(100) < percent; }

 private:
  uint64_t state_;
};

// What stands above whatever shows such a plan.
inline constexpr char kSimulatedNotice[] = "SIMULATED: invented for demonstration. Nothing of it happened.";

// Whether the plan is marked as one.
bool IsSimulated(const objective::v1::Plan& plan);

// Marks a resource, whatever it is: its labels hold simulated=true, and every text that people read begins with
// "Simulated: ".
void MarkSimulated(google::protobuf::Message& resource);

// One of the members that exist in simulations only.
std::string SimulatedMember(Chance& chance);

// The planned part: the plan under the name with "-simulated" at its end, its objectives, its indicators with
// baselines and targets for all but a few, its actions with leads and dates, and milestones.
planfile::v1::PlanFile MakeSimulatedPlan(const planfile::v1::PlanFile& source, Chance& chance);

// A decimal as a whole number of units of 10^-scale, and back: "52.5" with 1 is 525.
int64_t UnitsOf(const type::Decimal& decimal, int scale);
std::string DecimalText(int64_t units, int scale);

// The plan's first and last day.
absl::CivilDay FirstDayOf(const objective::v1::Plan& plan);
absl::CivilDay LastDayOf(const objective::v1::Plan& plan);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_SIMULATED_PLAN_H_
