// What a plan and its record lack.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/reporting_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/figure_words.h"
#include "services/concordctl/names.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

struct CompletenessOptions {
  std::string plan;
  std::string date;
  std::string as_of;
};

// "1.1, 1.2 and 3 more"; of the whole there are no names.
std::string LackingIn(const reporting::v1::Figure& share) {
  if (share.missing().empty()) return "";
  std::vector<std::string> names;
  for (const std::string& name : share.missing()) names.push_back(ShortName(name));
  const int more = share.expected_count() - share.counted_count() - share.missing_size();
  return absl::StrCat(absl::StrJoin(names, ", "), more > 0 ? absl::StrCat(" and ", more, " more") : "");
}

void AddCheck(const std::string& what, const reporting::v1::Figure& share, Table& table) {
  const bool lacks = share.counted_count() < share.expected_count();
  table.AddRow({what,
                {share.has_value() ? PercentText(share.value()) : "no data", lacks ? Tone::kWarning : Tone::kPlain},
                absl::StrCat(share.counted_count(), " of ", share.expected_count()),
                LackingIn(share)});
}

absl::Status ShowCompleteness(Session& session, const CompletenessOptions& options) {
  reporting::v1::GetCompletenessRequest request;
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.PlanOr(options.plan));
  request.set_name(plan + "/completeness");
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  CONCORD_ASSIGN_OR_RETURN(const auto completeness, session.Call<reporting::v1::Completeness>(request));
  if (session.settings().json) {
    session.PrintJson(completeness);
    return absl::OkStatus();
  }
  session.Print(absl::StrCat(Printable(completeness.title()), "\n", plan, " on ", aip::FormatDate(completeness.date()),
                             ", formulas ", completeness.formula_edition(), "\n\n"));
  Table table({{"WHAT"}, {"SHARE", Column::kNumber}, {"HAVE IT", Column::kNumber}, {"LACKING", Column::kFlexible}});
  for (const auto& check : completeness.checks()) AddCheck(SpacedWord(check.kind()), check.share(), table);
  AddCheck("all", completeness.share(), table);
  session.Print(table);
  return absl::OkStatus();
}

}  // namespace

void AddCompletenessCommand(CommandLine& line) {
  line.Add<CompletenessOptions>(
      line.app(),
      {"completeness", "Show what the parts of a plan and its record have of what is expected of them",
       "  concordctl completeness\n  concordctl completeness iso-2011-2015 --date 2012-12-31 --output json"},
      [](CLI::App& command, CompletenessOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command.add_option("--date", options.date, "The day it is about; default: today in UTC")->type_name("DATE");
        AddAsOf(command, options.as_of);
      },
      ShowCompleteness);
}

}  // namespace concord::ctl
