#include "services/reporting/formulas/value_recorder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/aip/decimal.h"
#include "common/status/macros.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/impl/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/rpc_method.h"
#include "grpcpp/security/credentials.h"

namespace concord::reporting {
namespace {

using google::protobuf::Message;
using google::protobuf::MessageLite;

constexpr absl::Duration kCallLimit = absl::Seconds(30);
constexpr int kPageSize = 1000;

// What the objective service is asked to write down.
objective::v1::RecordMeasurementRequest RequestFor(const v1::DueFormulaValue& due, const v1::FormulaResult& result) {
  objective::v1::RecordMeasurementRequest request;
  request.set_parent(due.indicator());
  request.set_measurement_id(due.measurement_id());
  objective::v1::Measurement& measurement = *request.mutable_measurement();
  *measurement.mutable_period()->mutable_start_date() = due.start_date();
  *measurement.mutable_period()->mutable_end_date() = due.end_date();
  measurement.mutable_value()->set_value(RoundedTo(result.value().value(), due.scale()));
  measurement.set_note(result.explanation());
  objective::v1::Computation& computation = *measurement.mutable_computation();
  computation.set_formula(result.formula());
  *computation.mutable_parameters() = result.parameters();
  computation.set_formula_edition(result.formula_edition());
  computation.set_counted_count(result.counted_count());
  computation.set_expected_count(result.expected_count());
  *computation.mutable_revisions() = result.revisions();
  return request;
}

// "/concord.objective.v1.PlanService/ListPlans".
std::string PathOf(const google::protobuf::Descriptor& request) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int i = 0; i < file.service(0)->method_count(); ++i) {
    const auto* method = file.service(0)->method(i);
    if (method->input_type() == &request) return absl::StrCat("/", file.service(0)->full_name(), "/", method->name());
  }
  return "";
}

// The same word for the same cause, and nothing that anybody wrote.
std::string CauseOf(const absl::Status& status) { return absl::StatusCodeToString(status.code()); }

}  // namespace

std::string RoundedTo(const std::string& value, int scale) {
  const absl::optional<aip::Nano> nano = aip::ParseDecimal(value);
  if (!nano.has_value()) return value;
  aip::Nano one = 1;
  for (int digit = 0; digit < aip::kNanoDigits; ++digit) one *= 10;
  return aip::FormatDecimal(aip::DivideRounded(*nano, one, scale), scale);
}

ValueRecorder::ValueRecorder(std::shared_ptr<grpc::Channel> reporting, const std::string& objective,
                             absl::Duration interval, telemetry::Log* log)
    : reporting_(std::move(reporting)),
      objective_(grpc::CreateChannel(objective, grpc::InsecureChannelCredentials())),
      interval_(interval),
      log_(log),
      thread_([this] { Run(); }) {}

ValueRecorder::~ValueRecorder() {
  stop_.Notify();
  {
    absl::MutexLock lock(&mutex_);
    if (under_way_ != nullptr) under_way_->TryCancel();
  }
  thread_.join();
}

void ValueRecorder::Run() {
  do {
    Tell(RecordAll());
  } while (!stop_.WaitForNotificationWithTimeout(interval_));
}

// What lasts is told once.
void ValueRecorder::Tell(const absl::StatusOr<Round>& round) {
  if (stop_.HasBeenNotified()) return;
  if (round.ok() && round->recorded > 0) {
    log_->Write(telemetry::Severity::kInfo, "values_recorded", {{"count", absl::StrCat(round->recorded)}});
  }
  const std::string trouble = !round.ok()          ? CauseOf(round.status())
                              : round->refused > 0 ? absl::StrCat(round->refused, " refused")
                                                   : "";
  if (trouble != last_told_ && !trouble.empty()) {
    log_->Write(telemetry::Severity::kWarning, "values_not_recorded", {{"cause", trouble}});
  }
  last_told_ = trouble;
}

absl::Status ValueRecorder::Ask(grpc::Channel& channel, const Message& request, Message& response) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kCallLimit));
  {
    absl::MutexLock lock(&mutex_);
    if (stop_.HasBeenNotified()) return absl::CancelledError("stopped");
    under_way_ = &context;
  }
  const std::string path = PathOf(*request.GetDescriptor());
  const grpc::internal::RpcMethod method(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC);
  const grpc::Status status =
      grpc::internal::BlockingUnaryCall<MessageLite, MessageLite>(&channel, method, &context, request, &response);
  {
    absl::MutexLock lock(&mutex_);
    under_way_ = nullptr;
  }
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

absl::StatusOr<ValueRecorder::Round> ValueRecorder::RecordAll() {
  Round round;
  objective::v1::ListPlansRequest request;
  request.set_page_size(kPageSize);
  request.set_filter("state = ACTIVE");
  do {
    objective::v1::ListPlansResponse page;
    CONCORD_RETURN_IF_ERROR(Ask(*objective_, request, page));
    for (const objective::v1::Plan& plan : page.plans()) CONCORD_RETURN_IF_ERROR(RecordPlan(plan.name(), round));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return round;
}

absl::Status ValueRecorder::RecordPlan(const std::string& plan, Round& round) {
  v1::ListDueFormulaValuesRequest request;
  request.set_parent(plan);
  request.set_page_size(kPageSize);
  request.set_filter("problem = \"\"");
  do {
    v1::ListDueFormulaValuesResponse page;
    CONCORD_RETURN_IF_ERROR(Ask(*reporting_, request, page));
    for (const v1::DueFormulaValue& due : page.due_formula_values()) CONCORD_RETURN_IF_ERROR(Record(due, round));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

// An error of one value does not keep the others back, unless none could be recorded now.
absl::Status ValueRecorder::Record(const v1::DueFormulaValue& due, Round& round) {
  v1::ComputeFormulaRequest request;
  request.set_name(due.formula());
  *request.mutable_parameters() = due.parameters();
  *request.mutable_date() = due.end_date();
  v1::FormulaResult result;
  absl::Status status = Ask(*reporting_, request, result);
  // It stays due: the records may come yet, and what is recorded once is not recorded again.
  if (status.ok() && !result.has_value()) return absl::OkStatus();
  if (status.ok()) {
    objective::v1::Measurement recorded;
    status = Ask(*objective_, RequestFor(due, result), recorded);
  }
  if (status.ok()) ++round.recorded;
  if (status.ok() || absl::IsAlreadyExists(status)) return absl::OkStatus();  // Another replica was first.
  if (absl::IsUnavailable(status) || absl::IsCancelled(status)) return status;
  ++round.refused;
  return absl::OkStatus();
}

}  // namespace concord::reporting
