#include <string>
#include <vector>

#include "grpc/health/v1/health.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/json.h"

namespace concord::ctl {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

struct StatusOptions {};

struct Answer {
  std::string service;
  std::string address;
  std::string health;   // A word of grpc.health.v1, or "UNREACHABLE".
  std::string problem;  // Why, if it could not be reached.
};

Answer Ask(Session& session, const ServiceAddress& of) {
  // Of what every service serves: the answer without a name says only that the process lives.
  HealthCheckRequest request;
  request.set_service("concord.ledger.v1.LedgerService");
  // Once: whoever waits for a service asks again anyway.
  const auto response =
      session.Call<HealthCheckResponse>(request, {.service = of.service, .retry = {.maximum_attempts = 1}});
  if (!response.ok()) return {of.service, of.address, "UNREACHABLE", std::string(response.status().message())};
  return {of.service, of.address, HealthCheckResponse::ServingStatus_Name(response->status()), ""};
}

void Print(Session& session, const std::vector<Answer>& answers) {
  if (session.settings().json) {
    google::protobuf::Struct document;
    auto& list = *(*document.mutable_fields())["services"].mutable_list_value();
    for (const Answer& answer : answers) {
      auto& fields = *list.add_values()->mutable_struct_value()->mutable_fields();
      fields["service"].set_string_value(answer.service);
      fields["address"].set_string_value(answer.address);
      fields["health"].set_string_value(answer.health);
      if (!answer.problem.empty()) fields["problem"].set_string_value(answer.problem);
    }
    return session.PrintJson(document);
  }
  Table table({{"SERVICE"}, {"ADDRESS"}, {"HEALTH"}, {"PROBLEM", Column::kFlexible}});
  for (const Answer& answer : answers) {
    table.AddRow({answer.service,
                  answer.address,
                  {answer.health, answer.health == "SERVING" ? Tone::kGood : Tone::kBad},
                  answer.problem});
  }
  session.Print(table);
}

absl::Status ShowStatus(Session& session, const StatusOptions&) {
  std::vector<Answer> answers;
  for (const ServiceAddress& one : session.channels.addresses()) answers.push_back(Ask(session, one));
  Print(session, answers);
  for (const Answer& answer : answers) {
    if (answer.health == "SERVING") continue;
    return MakeError(absl::StatusCode::kUnavailable, Reason("concord.ctl", "NOT_SERVING"),
                     "the {service} service at {address} is {health}",
                     {{"service", answer.service}, {"address", answer.address}, {"health", answer.health}});
  }
  return absl::OkStatus();
}

}  // namespace

void AddStatusCommand(CommandLine& line) {
  line.Add<StatusOptions>(
      line.app(),
      {"status", "Show whether the services run; exit code 0 only if all are SERVING",
       "  concordctl status\n  concordctl status --timeout 500ms --output json"},
      [](CLI::App&, StatusOptions&) {}, ShowStatus);
}

}  // namespace concord::ctl
