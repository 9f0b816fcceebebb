// Records the values of formulas that are due: asks its own service which, computes them, and has the objective service
// write them down. Any replica may do so; the measurement's name decides which of them was first.
#ifndef SERVICES_REPORTING_FORMULAS_VALUE_RECORDER_H_
#define SERVICES_REPORTING_FORMULAS_VALUE_RECORDER_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "common/app/service_definition.h"
#include "concord/reporting/v1/formula.pb.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace concord::reporting {

// The value of a formula with at most so many digits after the point, half to even: "33.33" is "33.3".
std::string RoundedTo(const std::string& value, int scale);

class ValueRecorder : public app::Companion {
 public:
  // Looks every `interval`, beginning now, on a thread of its own. `objective` is the address of that service; `log`
  // outlives this.
  ValueRecorder(std::shared_ptr<grpc::Channel> reporting, const std::string& objective, absl::Duration interval,
                telemetry::Log* log);
  ~ValueRecorder() override;

 private:
  struct Round {
    int recorded = 0;
    int refused = 0;
  };

  void Run();
  void Tell(const absl::StatusOr<Round>& round);
  absl::StatusOr<Round> RecordAll();
  absl::Status RecordPlan(const std::string& plan, Round& round);
  absl::Status Record(const v1::DueFormulaValue& due, Round& round);

  // Calls the method whose request this is: every method has one of its own. One call at a time, that a stop cancels.
  absl::Status Ask(grpc::Channel& channel, const google::protobuf::Message& request,
                   google::protobuf::Message& response);

  const std::shared_ptr<grpc::Channel> reporting_;
  const std::shared_ptr<grpc::Channel> objective_;
  const absl::Duration interval_;
  telemetry::Log* const log_;
  absl::Notification stop_;
  absl::Mutex mutex_;
  grpc::ClientContext* under_way_ ABSL_GUARDED_BY(mutex_) = nullptr;
  std::string last_told_;
  std::thread thread_;  // The last one, for it uses the others.
};

}  // namespace concord::reporting

#endif  // SERVICES_REPORTING_FORMULAS_VALUE_RECORDER_H_
