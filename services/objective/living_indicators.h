// The indicators of a plan that count.
#ifndef SERVICES_OBJECTIVE_LIVING_INDICATORS_H_
#define SERVICES_OBJECTIVE_LIVING_INDICATORS_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/rpc/context.h"
#include "concord/objective/v1/indicator.pb.h"

namespace concord::objective {

// Neither they nor their objective is deleted. Lives no longer than the context.
class LivingIndicators {
 public:
  // With the indicators of `returning`, an objective that is about to come back.
  explicit LivingIndicators(rpc::Context& context, std::string returning = "")
      : context_(context), returning_(std::move(returning)) {}

  // Null if there is none of this name.
  const v1::Indicator* Find(const std::string& name);

  // All of the plan, in the order of names.
  void ForEach(const std::string& plan, const std::function<void(const v1::Indicator&)>& visit);

 private:
  bool ObjectiveLives(const std::string& objective);

  rpc::Context& context_;
  const std::string returning_;
  absl::flat_hash_map<std::string, bool> objectives_;
};

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_LIVING_INDICATORS_H_
