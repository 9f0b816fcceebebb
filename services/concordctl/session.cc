#include "services/concordctl/session.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/status/macros.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "grpcpp/client_context.h"
#include "services/concordctl/json.h"
#include "services/concordctl/names.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

using google::protobuf::Message;

std::unique_ptr<Message> CopyOf(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

}  // namespace

absl::Status Session::Call(const Message& request, Message& response, const CallOptions& options) {
  const std::unique_ptr<Message> sent = CopyOf(request);
  std::string request_id;
  if (HasField(request, "request_id")) {
    request_id = GetText(request, "request_id");
    if (request_id.empty()) request_id = surroundings_.new_request_id();
    SetText(*sent, "request_id", request_id);
  }
  const absl::Status status = CallWithRetry(options.retry, surroundings_.sleep, [&] {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(surroundings_.now() + settings_.timeout));
    response.Clear();
    return channels.Call(context, *sent, response, options.service);
  });
  return WithRequestId(status, request_id);
}

absl::Status Session::ListAll(const Message& request, Message& all, const CallOptions& options) {
  const std::unique_ptr<Message> sent = CopyOf(request);
  const std::unique_ptr<Message> page(all.New());
  SetNumber(*sent, "page_size", 1000);
  std::string token;
  do {
    CONCORD_RETURN_IF_ERROR(Call(*sent, *page, options));
    Clear(all, "revisions");
    all.MergeFrom(*page);
    token = GetText(*page, "next_page_token");
    SetText(*sent, "page_token", token);
  } while (!token.empty());
  Clear(all, "next_page_token");
  return absl::OkStatus();
}

absl::StatusOr<std::string> Session::Plan() {
  if (!settings_.plan.empty()) return ToPlanName(settings_.plan);
  CONCORD_ASSIGN_OR_RETURN(const auto list,
                           ListAll<objective::v1::ListPlansResponse>(objective::v1::ListPlansRequest()));
  if (list.plans_size() == 1) return list.plans(0).name();
  if (list.plans().empty()) return UsageError("there is no plan yet: import one with `concordctl plan import FILE`");
  std::vector<std::string> names;
  for (const auto& plan : list.plans()) names.push_back(plan.name());
  return UsageError("which plan? Say --plan with one of: {plans}", {{"plans", absl::StrJoin(names, ", ")}});
}

absl::StatusOr<std::string> Session::PlanOr(const std::string& given) {
  return given.empty() ? Plan() : ToPlanName(given);
}

absl::StatusOr<std::string> Session::Name(absl::string_view text, absl::string_view path) {
  if (path == "plans") return PlanOr(std::string(text));
  std::string plan;
  if (NeedsPlan(text, path)) {
    CONCORD_ASSIGN_OR_RETURN(plan, Plan());
  }
  return ToName(text, path, plan);
}

void Session::PrintJson(const Message& message) { surroundings_.out << ToJson(message); }

void Session::Print(absl::string_view text) { surroundings_.out << text; }

void Session::Print(const Table& table) { surroundings_.out << table.Format(surroundings_.terminal); }

void Session::ShowProgress(absl::string_view text) {
  if (!surroundings_.shows_progress) return;
  surroundings_.err << "\r\033[K" << text << std::flush;
}

absl::StatusOr<type::Moment> ToMoment(const std::string& text) {
  type::Moment moment;
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error) || time == absl::InfiniteFuture() ||
      time == absl::InfinitePast()) {
    return UsageError("\"{text}\" is no time: give RFC 3339, for example 2011-06-30T12:00:00Z", {{"text", text}});
  }
  const int64_t seconds = absl::ToUnixSeconds(time);
  moment.mutable_time()->set_seconds(seconds);
  moment.mutable_time()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return moment;
}

absl::Status SetAsOf(const std::string& text, Message& request) {
  if (text.empty()) return absl::OkStatus();
  CONCORD_ASSIGN_OR_RETURN(MutablePartAs<type::Moment>(request, "as_of"), ToMoment(text));
  return absl::OkStatus();
}

}  // namespace concord::ctl
