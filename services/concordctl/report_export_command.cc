// A report in a format that others read.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/macros.h"
#include "google/protobuf/struct.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/report_document.h"
#include "services/concordctl/report_formats.h"
#include "services/concordctl/report_reading.h"
#include "services/concordctl/resource_commands.h"
#include "services/concordctl/simulated_plan.h"

namespace concord::ctl {
namespace {

struct ReportExportOptions {
  ReportQuestion question;
  std::string format;
  std::string table;
  std::string file;
};

constexpr char kDefaultTable[] = "scorecard";

absl::Status CheckOptions(const ReportExportOptions& options, const Terminal& terminal) {
  if (!options.table.empty() && options.format != "csv")
    return UsageError("--table is for --format csv: the other formats have all tables");
  if (options.format == "xlsx" && options.file.empty() && terminal.width > 0)
    return UsageError("a workbook is no text for a terminal: give --file");
  return absl::OkStatus();
}

absl::StatusOr<std::string> TableAsCsv(const ReportDocument& document, const std::string& id) {
  std::vector<std::string> ids;
  for (const ReportTable& table : document.tables) {
    if (table.id == id) return FormatCsv(document, table);
    ids.push_back(table.id);
  }
  return UsageError("--table {id}: this report has {ids}", {{"id", id}, {"ids", absl::StrJoin(ids, ", ")}});
}

absl::StatusOr<std::string> Formatted(const ReportAnswers& answers, const ReportExportOptions& options) {
  if (options.format == "json") return ReportJson(answers);
  const ReportDocument document = MakeReportDocument(answers);
  if (options.format == "csv") return TableAsCsv(document, options.table.empty() ? kDefaultTable : options.table);
  if (options.format == "xlsx") return FormatXlsx(document);
  return FormatHtml(document);
}

absl::Status ExportReport(Session& session, const ReportExportOptions& options) {
  CONCORD_RETURN_IF_ERROR(CheckOptions(options, session.surroundings().terminal));
  CONCORD_ASSIGN_OR_RETURN(const ReportAnswers answers, ReadReport(session, options.question));
  CONCORD_ASSIGN_OR_RETURN(const std::string bytes, Formatted(answers, options));
  if (options.file.empty()) {
    session.Print(bytes);
    return absl::OkStatus();
  }
  CONCORD_RETURN_IF_ERROR(WriteFile(options.file, bytes));
  if (session.settings().json) {
    google::protobuf::Struct written;
    (*written.mutable_fields())["file"].set_string_value(options.file);
    (*written.mutable_fields())["format"].set_string_value(options.format);
    (*written.mutable_fields())["simulated"].set_bool_value(IsSimulated(answers.plan));
    session.PrintJson(written);
  } else {
    session.Print(absl::StrCat("wrote ", options.file, IsSimulated(answers.plan) ? ", a SIMULATED report" : "", "\n"));
  }
  return absl::OkStatus();
}

}  // namespace

void AddReportExportCommand(CommandLine& line, CLI::App& group) {
  line.Add<ReportExportOptions>(
      group,
      {"export", "Write the whole report of a plan as a page to print, a workbook, a table or a document",
       "  concordctl report export --format html --file report.html\n"
       "  concordctl report export iso-2011-2015 --on 2012-12-31 --format xlsx --file 2012.xlsx\n"
       "  concordctl report export --format csv --table indicators > indicators.csv\n"
       "  concordctl report export --report y2012 --format html --file y2012.html\n"
       "  concordctl report export --as-of 2013-01-31T12:00:00Z --format json"},
      [](CLI::App& command, ReportExportOptions& options) {
        ReportQuestion& question = options.question;
        NameArgument{"plans"}.Declare(command, question.plan);
        command
            .add_option("--format", options.format,
                        "html: a page with charts, in one file; xlsx: a workbook; csv: one table; json: all answers")
            ->required()
            ->check(CLI::IsMember({"html", "xlsx", "csv", "json"}))
            ->type_name("FORMAT");
        command.add_option("--file", options.file, "Where to; default: standard output")->type_name("FILE");
        command
            .add_option("--table", options.table,
                        "Of CSV: scorecard, actions, indicators, attention, trend or, of a published report, "
                        "restatements; default: scorecard")
            ->type_name("TABLE");
        command
            .add_option("--report", question.published,
                        "A published report: as it was published, with what of it is another figure now")
            ->type_name("NAME");
        command.add_option("--on", question.date, "The day it is about; default: today in UTC")->type_name("DATE");
        AddAsOf(command, question.as_of);
        command
            .add_option("--by", question.by,
                        "How long a period of the trend is: month, quarter, half-year, year; default: quarter")
            ->type_name("WORD");
      },
      ExportReport);
}

}  // namespace concord::ctl
