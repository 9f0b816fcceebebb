// What of a plan somebody should look at.
#include <string>

#include "common/aip/date.h"
#include "common/aip/enum_words.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/names.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

using reporting::v1::AttentionItem;

struct AttentionOptions {
  std::string plan;
  std::string date;
  std::string as_of;
  std::string filter;
  std::string order_by;
};

Tone ToneOf(AttentionItem::Reason reason) {
  const bool bad = reason == AttentionItem::REASON_OVERDUE || reason == AttentionItem::REASON_RED;
  return bad ? Tone::kBad : Tone::kWarning;
}

absl::Status ShowAttention(Session& session, const AttentionOptions& options) {
  reporting::v1::ListAttentionRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_parent(), session.PlanOr(options.plan));
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  request.set_filter(options.filter);
  request.set_order_by(options.order_by);
  CONCORD_ASSIGN_OR_RETURN(const auto list, session.ListAll<reporting::v1::ListAttentionResponse>(request));
  if (session.settings().json) {
    session.PrintJson(list);
    return absl::OkStatus();
  }
  Table table(
      {{"REASON"}, {"SINCE"}, {"RESOURCE"}, {"TITLE", Column::kFlexible}, {"OWNER"}, {"WHY", Column::kFlexible}});
  for (const AttentionItem& item : list.attention_items()) {
    table.AddRow({{aip::WordOf(item.reason()), ToneOf(item.reason())},
                  item.has_since_date() ? aip::FormatDate(item.since_date()) : "",
                  ShortName(item.resource()),
                  item.title(),
                  item.owner().empty() ? "office" : item.owner(),
                  item.explanation()});
  }
  session.Print(table);
  return absl::OkStatus();
}

}  // namespace

void AddAttentionCommand(CommandLine& line) {
  line.Add<AttentionOptions>(
      line.app(),
      {"attention", "Show what should be looked at: overdue, blocked, red, slipping, silent, stale",
       "  concordctl attention\n"
       "  concordctl attention --date 2012-12-31 --filter 'reason = SLIPPING'\n"
       "  concordctl attention --filter 'owner = \"members/1619\"'"},
      [](CLI::App& command, AttentionOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command.add_option("--date", options.date, "The day it is about; default: today in UTC")->type_name("DATE");
        AddListFlags(command, options.filter, options.order_by);
        AddAsOf(command, options.as_of);
      },
      ShowAttention);
}

}  // namespace concord::ctl
