// The part of the service that records the values of formulas by itself.
#ifndef SERVICES_REPORTING_FORMULAS_RECORDING_H_
#define SERVICES_REPORTING_FORMULAS_RECORDING_H_

#include <memory>
#include <vector>

#include "common/app/service_definition.h"

namespace concord::reporting {

// --objective, --record_interval.
std::vector<app::OwnFlag> RecordingFlags();

// Null if it is not told where the objective service is.
std::unique_ptr<app::Companion> StartRecording(const app::CompanionParts& parts);

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_RECORDING_H_
