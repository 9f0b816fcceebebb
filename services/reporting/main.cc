#include <utility>

#include "common/app/run_service.h"
#include "services/reporting/formulas/recording.h"
#include "services/reporting/service.h"

int main(int argc, char** argv) {
  concord::app::ServiceDefinition definition = concord::reporting::ReportingServiceDefinition();
  definition.flags = concord::reporting::RecordingFlags();
  definition.start_companion = concord::reporting::StartRecording;
  return concord::app::RunService(argc, argv, std::move(definition));
}
