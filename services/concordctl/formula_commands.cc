// Formulas: what there are, what they mean, what comes of them and of which records.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/listing.h"
#include "services/concordctl/names.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

using reporting::v1::Formula;
using reporting::v1::FormulaParameter;
using reporting::v1::FormulaPart;
using reporting::v1::FormulaResult;

constexpr int kUsualWidth = 100;  // Where there is no terminal that has one.

absl::Status ListFormulas(Session& session, const std::string&) {
  CONCORD_ASSIGN_OR_RETURN(const auto list,
                           session.Call<reporting::v1::ListFormulasResponse>(reporting::v1::ListFormulasRequest()));
  if (session.settings().json) {
    session.PrintJson(list);
    return absl::OkStatus();
  }
  Table table({{"FORMULA"}, {"OBJECTIVES"}, {"UNIT"}, {"TITLE", Column::kFlexible}});
  for (const Formula& formula : list.formulas()) {
    table.AddRow(
        {ShortName(formula.name()), absl::StrJoin(formula.objective_codes(), " "), formula.unit(), formula.title()});
  }
  session.Print(table);
  return absl::OkStatus();
}

absl::StatusOr<Formula> AskFor(Session& session, const std::string& name) {
  reporting::v1::GetFormulaRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_name(), session.Name(name, "formulas"));
  return session.Call<Formula>(request);
}

void PrintParagraphs(Session& session, const std::string& text) {
  const int terminal_width = session.surroundings().terminal.width;
  for (const absl::string_view paragraph : absl::StrSplit(text, "\n\n")) {
    session.Print("\n");
    const int width = terminal_width > 0 ? terminal_width : kUsualWidth;
    for (const std::string& line : Wrapped(Printable(paragraph), width)) session.Print(line + "\n");
  }
}

Table ParametersTable(const Formula& formula) {
  Table table({{"PARAMETER"}, {"DEFAULT"}, {"WHAT IT SAYS", Column::kFlexible}});
  for (const FormulaParameter& parameter : formula.parameters()) {
    table.AddRow(
        {parameter.key(), parameter.required() ? "(required)" : parameter.default_value(), parameter.description()});
  }
  return table;
}

absl::Status ShowFormula(Session& session, const std::string& name) {
  CONCORD_ASSIGN_OR_RETURN(const Formula formula, AskFor(session, name));
  if (session.settings().json) {
    session.PrintJson(formula);
    return absl::OkStatus();
  }
  session.Print(Toned(Printable(formula.title()), Tone::kHeading, session.surroundings().terminal) + "\n");
  session.Print(absl::StrCat(formula.name(), ", in ", formula.unit(), ", edition ", formula.edition(),
                             ", for objectives ", absl::StrJoin(formula.objective_codes(), ", "), "\n"));
  PrintParagraphs(session, formula.description());
  if (!formula.parameters().empty()) session.Print("\n");
  session.Print(ParametersTable(formula));
  return absl::OkStatus();
}

struct ComputeOptions {
  std::string name;
  std::vector<std::string> parameters;  // "committee=45020".
  std::string date;
  std::string as_of;
  std::string filter;
  std::string order_by;
};

// What is typed for a parameter may be short where it is a name.
absl::StatusOr<std::string> FullValue(Session& session, const std::string& key, const std::string& value) {
  if (key == "plan") return ToPlanName(value);
  if (key == "committee") return session.Name(value, "committees");
  return value;
}

// Name, parameters, day and moment, in a request that has them all.
template <typename Request>
absl::Status Fill(Session& session, const ComputeOptions& options, const Formula& formula, Request& request) {
  request.set_name(formula.name());
  auto& parameters = *request.mutable_parameters();
  for (const std::string& given : options.parameters) {
    const std::vector<std::string> sides = absl::StrSplit(given, absl::MaxSplits('=', 1));
    if (sides.size() != 2 || sides[0].empty() || parameters.contains(sides[0])) {
      return UsageError("\"{text}\" is no parameter: give each once, as committee=45020", {{"text", given}});
    }
    CONCORD_ASSIGN_OR_RETURN(parameters[sides[0]], FullValue(session, sides[0], sides[1]));
  }
  for (const FormulaParameter& parameter : formula.parameters()) {
    if (parameter.key() != "plan" || parameters.contains("plan")) continue;
    CONCORD_ASSIGN_OR_RETURN(parameters["plan"], session.Plan());
  }
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  return SetAsOf(options.as_of, request);
}

// "33.3 % on 2011-12-31: 1 of 3 P-memberships".
std::string ValueText(const FormulaResult& result) {
  const std::string day = aip::FormatDate(result.date());
  if (!result.has_value()) return absl::StrCat("no data on ", day, ": ", result.no_data_reason());
  return absl::StrCat(result.value().value(), " ", result.unit(), " on ", day, ": ", result.explanation());
}

std::string ParametersText(const FormulaResult& result) {
  std::vector<std::string> texts;
  for (const auto& [key, value] : result.parameters()) texts.push_back(absl::StrCat(key, "=", value));
  std::sort(texts.begin(), texts.end());
  return absl::StrJoin(texts, " ");
}

constexpr int kMissingShown = 5;

std::string CoverageText(const FormulaResult& result) {
  std::string text = absl::StrCat("counted ", result.counted_count(), " of ", result.expected_count(), " records");
  if (result.missing().empty()) return text;
  std::vector<std::string> names;
  for (const std::string& name : result.missing()) {
    if (names.size() < kMissingShown) names.push_back(ShortName(name));
  }
  const int more = result.expected_count() - result.counted_count() - static_cast<int>(names.size());
  absl::StrAppend(&text, "; without what is needed: ", absl::StrJoin(names, ", "));
  if (more > 0) absl::StrAppend(&text, " and ", more, " more");
  return text;
}

bool HasInterval(const FormulaPart& part) { return part.has_lower() && part.has_upper(); }

Table PartsTable(const FormulaResult& result) {
  const bool with_intervals = std::any_of(result.parts().begin(), result.parts().end(), HasInterval);
  std::vector<Column> columns = {{"PART", Column::kFlexible}, {"VALUE", Column::kNumber}, {"UNIT"}};
  if (with_intervals) columns.insert(columns.end(), {{"OF", Column::kNumber}, {"95 % CONFIDENCE"}});
  Table table(columns);
  for (const FormulaPart& part : result.parts()) {
    std::vector<Cell> cells = {part.key().empty() ? "(none)" : part.key(),
                               part.has_value() ? Cell(part.value().value()) : Cell("no data", Tone::kFaint),
                               part.unit()};
    if (with_intervals) {
      cells.emplace_back(absl::StrCat(part.counted_count()));
      cells.emplace_back(HasInterval(part) ? absl::StrCat(part.lower().value(), " to ", part.upper().value()) : "");
    }
    table.AddRow(std::move(cells));
  }
  return table;
}

absl::Status Compute(Session& session, const ComputeOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const Formula formula, AskFor(session, options.name));
  reporting::v1::ComputeFormulaRequest request;
  CONCORD_RETURN_IF_ERROR(Fill(session, options, formula, request));
  CONCORD_ASSIGN_OR_RETURN(const auto result, session.Call<FormulaResult>(request));
  if (session.settings().json) {
    session.PrintJson(result);
    return absl::OkStatus();
  }
  session.Print(Toned(Printable(formula.title()), Tone::kHeading, session.surroundings().terminal) + "\n");
  session.Print(Printable(ValueText(result)) + "\n");
  session.Print(Printable(CoverageText(result)) + "\n");
  const std::string parameters = ParametersText(result);
  session.Print(Printable(absl::StrCat("formula ", ShortName(formula.name()), " ", result.formula_edition(),
                                       parameters.empty() ? "" : " with ", parameters)) +
                "\n");
  if (!result.parts().empty()) session.Print("\n");
  session.Print(PartsTable(result));
  return absl::OkStatus();
}

absl::Status ShowInputs(Session& session, const ComputeOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const Formula formula, AskFor(session, options.name));
  reporting::v1::ListFormulaInputsRequest request;
  CONCORD_RETURN_IF_ERROR(Fill(session, options, formula, request));
  request.set_filter(options.filter);
  request.set_order_by(options.order_by);
  request.set_page_size(1000);  // Each page costs a computation.
  CONCORD_ASSIGN_OR_RETURN(const auto list, session.ListAll<reporting::v1::ListFormulaInputsResponse>(request));
  if (session.settings().json) {
    session.PrintJson(list);
  } else {
    session.Print(RowsTable(list, {{{"RECORD", Column::kFlexible}, "record"},
                                   {{"STANDING"}, "standing"},
                                   {{"VALUE", Column::kNumber}, "value"},
                                   {{"PART"}, "part"}}));
  }
  return absl::OkStatus();
}

void DeclareName(CLI::App& command, std::string& name) { NameArgument{"formulas"}.Declare(command, name); }

void DeclareComputation(CLI::App& command, ComputeOptions& options) {
  DeclareName(command, options.name);
  command.add_option("parameters", options.parameters, "Parameters, as `formula show` tells them")
      ->type_name("KEY=VALUE");
  command.add_option("--date", options.date, "The day it is about; default: today in UTC")->type_name("DATE");
  AddAsOf(command, options.as_of);
}

}  // namespace

void AddFormulaCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("formula", "Formulas: figures computed from the records of the federation");
  line.Add<std::string>(
      group, {"list", "List the formulas", "  concordctl formula list"}, [](CLI::App&, std::string&) {}, ListFormulas);
  line.Add<std::string>(group,
                        {"show", "Show what a formula means, with an example and its parameters",
                         "  concordctl formula show development-time"},
                        DeclareName, ShowFormula);
  line.Add<ComputeOptions>(
      group,
      {"compute", "Compute a formula, with coverage and parts",
       "  concordctl formula compute secretariat-top-share top=3\n"
       "  concordctl formula compute development-time committee=45020 percentile=90 --date 2015-12-31"},
      DeclareComputation, Compute);
  line.Add<ComputeOptions>(
      group,
      {"inputs", "List the records that a formula looks at, and how each went in",
       "  concordctl formula inputs liaisons-reviewed-in-time --filter 'standing = OUT'\n"
       "  concordctl formula inputs development-time --order-by 'value desc'"},
      [](CLI::App& command, ComputeOptions& options) {
        DeclareComputation(command, options);
        AddListFlags(command, options.filter, options.order_by);
      },
      ShowInputs);
}

}  // namespace concord::ctl
