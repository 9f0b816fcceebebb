// What the tests of the services' rules share: a state of plans, objectives and actions made by hand, and what is wrong
// with a value.
#ifndef TESTS_SUPPORT_PLAN_STATE_H_
#define TESTS_SUPPORT_PLAN_STATE_H_

#include <functional>
#include <string>
#include <vector>

#include "common/rpc/state_fixture.h"
#include "common/status/error.h"
#include "concord/action/v1/action.pb.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/plan.pb.h"

namespace concord::testing {

// The kinds of resources of a plan's scope.
inline std::vector<rpc::ResourceType> PlanTypes() {
  return {{objective::v1::Plan::default_instance(), "plans/{plan}"},
          {objective::v1::Objective::default_instance(), "plans/{plan}"},
          {objective::v1::Indicator::default_instance(), "plans/{plan}"},
          {objective::v1::Measurement::default_instance(), "plans/{plan}"},
          {action::v1::Action::default_instance(), "plans/{plan}"}};
}

// The fields that a check finds wrong, in its order.
inline std::vector<std::string> BadFields(const std::function<void(Violations&)>& check) {
  Violations violations;
  check(violations);
  std::vector<std::string> fields;
  for (const auto& [field, description] : ViolationsOf(violations.ToStatus())) fields.push_back(field);
  return fields;
}

}  // namespace concord::testing

#endif  // TESTS_SUPPORT_PLAN_STATE_H_
