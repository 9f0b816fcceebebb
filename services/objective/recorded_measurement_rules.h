// What a measurement must satisfy that is recorded from a formula: it is in force at once.
#ifndef SERVICES_OBJECTIVE_RECORDED_MEASUREMENT_RULES_H_
#define SERVICES_OBJECTIVE_RECORDED_MEASUREMENT_RULES_H_

#include "common/rpc/standard_methods.h"

namespace concord::objective {

rpc::ResourceRules RecordedMeasurementRules();

}  // namespace concord::objective

#endif  // SERVICES_OBJECTIVE_RECORDED_MEASUREMENT_RULES_H_
