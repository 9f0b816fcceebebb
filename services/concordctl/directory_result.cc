// How the outcome of an import of directory files is shown.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "services/concordctl/directory_import.h"

namespace concord::ctl {
namespace {

using google::protobuf::Struct;

constexpr size_t kRowsShown = 20;

// A line of the table.
struct CollectionResult {
  DirectoryCollection collection;
  DirectoryCounts counts;
  int rejected = 0;
  int with_findings = 0;

  // What has ended is in no file.
  int read() const { return counts.created + counts.changed + counts.unchanged + rejected; }
};

std::vector<CollectionResult> ResultsOf(const DirectoryDifference& difference, const DirectoryReport& report) {
  std::vector<CollectionResult> results;
  for (const DirectoryCollection collection : kDirectoryCollections) {
    CollectionResult result{collection, {}, report.RejectedOf(collection), 0};
    if (const auto counts = difference.counts.find(collection); counts != difference.counts.end()) {
      result.counts = counts->second;
    }
    if (const auto findings = difference.findings.find(collection); findings != difference.findings.end()) {
      result.with_findings = static_cast<int>(std::count_if(findings->second.begin(), findings->second.end(),
                                                            [](const auto& one) { return !one.second.empty(); }));
    }
    if (result.read() > 0 || result.counts.ended > 0) results.push_back(result);
  }
  return results;
}

// How many findings there are, by reason.
std::map<std::string, int> FindingsByReason(const DirectoryDifference& difference) {
  std::map<std::string, int> by_reason;
  for (const auto& [collection, findings] : difference.findings) {
    for (const auto& [name, reasons] : findings) {
      for (const std::string& reason : reasons) ++by_reason[reason];
    }
  }
  return by_reason;
}

std::string PathOf(const DirectoryImportOptions& options, DirectoryPart part) {
  const auto path = options.paths.find(part);
  return path == options.paths.end() ? "" : path->second;
}

std::string LineText(int line) { return line == 0 ? "" : absl::StrCat(line); }

std::string Headline(bool dry_run, const std::vector<CollectionResult>& results) {
  int changes = 0;
  for (const auto& result : results) changes += result.counts.created + result.counts.changed + result.counts.ended;
  if (changes == 0) return "nothing to change\n";
  return dry_run ? "dry run, nothing was written: it would be\n" : "imported\n";
}

std::string CountsText(const std::vector<CollectionResult>& results, const Terminal& terminal) {
  Table table({{"COLLECTION"},
               {"READ", Column::kNumber},
               {"CREATED", Column::kNumber},
               {"CHANGED", Column::kNumber},
               {"ENDED", Column::kNumber},
               {"UNCHANGED", Column::kNumber},
               {"REJECTED", Column::kNumber},
               {"WITH FINDINGS", Column::kNumber}});
  for (const CollectionResult& result : results) {
    const Tone rejected = result.rejected > 0 ? Tone::kBad : Tone::kPlain;
    const Tone findings = result.with_findings > 0 ? Tone::kWarning : Tone::kPlain;
    table.AddRow({WordsOf(result.collection),
                  absl::StrCat(result.read()),
                  absl::StrCat(result.counts.created),
                  absl::StrCat(result.counts.changed),
                  absl::StrCat(result.counts.ended),
                  absl::StrCat(result.counts.unchanged),
                  {absl::StrCat(result.rejected), rejected},
                  {absl::StrCat(result.with_findings), findings}});
  }
  return table.Format(terminal);
}

std::string RejectedText(const DirectoryImportOptions& options, const DirectoryReport& report,
                         const Terminal& terminal) {
  if (report.rejected().empty()) return "";
  Table table({{"FILE", Column::kFlexible}, {"LINE", Column::kNumber}, {"ROW"}, {"REASON", Column::kFlexible}});
  const size_t shown = std::min(report.rejected().size(), kRowsShown);
  for (size_t i = 0; i < shown; ++i) {
    const RejectedRow& row = report.rejected()[i];
    table.AddRow({PathOf(options, row.origin.part), LineText(row.origin.line), row.row, row.reason});
  }
  std::string text = absl::StrCat("\nrejected: ", report.rejected().size(), "\n", table.Format(terminal));
  if (shown < report.rejected().size()) {
    absl::StrAppend(&text, "and ", report.rejected().size() - shown, " more; --output json has them all\n");
  }
  return text;
}

std::string RemarksText(const DirectoryImportOptions& options, const DirectoryReport& report,
                        const Terminal& terminal) {
  Table table({{"COUNT", Column::kNumber}, {"FILE", Column::kFlexible}, {"FIRST", Column::kNumber}, {"WHAT"}});
  for (const Remark& remark : report.remarks()) {
    table.AddRow({absl::StrCat(remark.count), PathOf(options, remark.part), LineText(remark.first_line), remark.text});
  }
  const std::string rows = table.Format(terminal);
  return rows.empty() ? "" : absl::StrCat("\nto know\n", rows);
}

std::string FindingsText(const DirectoryDifference& difference, const Terminal& terminal) {
  Table table({{"COUNT", Column::kNumber}, {"FINDING"}});
  for (const auto& [reason, count] : FindingsByReason(difference)) table.AddRow({absl::StrCat(count), reason});
  const std::string rows = table.Format(terminal);
  return rows.empty() ? "" : absl::StrCat("\nfindings\n", rows);
}

// A new item of a list of the document.
google::protobuf::Map<std::string, google::protobuf::Value>& AddItem(Struct& document, const char* list) {
  auto& values = *(*document.mutable_fields())[list].mutable_list_value();
  return *values.add_values()->mutable_struct_value()->mutable_fields();
}

void AddCollections(const std::vector<CollectionResult>& results, Struct& document) {
  for (const CollectionResult& result : results) {
    auto& item = AddItem(document, "collections");
    item["collection"].set_string_value(WordsOf(result.collection));
    item["read"].set_number_value(result.read());
    item["created"].set_number_value(result.counts.created);
    item["changed"].set_number_value(result.counts.changed);
    item["ended"].set_number_value(result.counts.ended);
    item["unchanged"].set_number_value(result.counts.unchanged);
    item["rejected"].set_number_value(result.rejected);
    item["withFindings"].set_number_value(result.with_findings);
  }
}

}  // namespace

std::string DirectoryResultText(const DirectoryImportOptions& options, const DirectoryDifference& difference,
                                const DirectoryReport& report, const Terminal& terminal) {
  const std::vector<CollectionResult> results = ResultsOf(difference, report);
  return absl::StrCat(Headline(options.dry_run, results), CountsText(results, terminal),
                      RejectedText(options, report, terminal), RemarksText(options, report, terminal),
                      FindingsText(difference, terminal));
}

Struct DirectoryResultJson(const DirectoryImportOptions& options, const DirectoryDifference& difference,
                           const DirectoryReport& report) {
  Struct document;
  auto& fields = *document.mutable_fields();
  fields["date"].set_string_value(aip::FormatDate(aip::FromDay(options.day)));
  fields["dryRun"].set_bool_value(options.dry_run);
  // Always there, so that a program need not ask.
  for (const char* list : {"collections", "rejectedRows", "remarks", "findings"}) fields[list].mutable_list_value();
  AddCollections(ResultsOf(difference, report), document);
  for (const RejectedRow& row : report.rejected()) {
    auto& item = AddItem(document, "rejectedRows");
    item["file"].set_string_value(PathOf(options, row.origin.part));
    item["line"].set_number_value(row.origin.line);
    if (row.collection) item["collection"].set_string_value(WordsOf(*row.collection));
    item["row"].set_string_value(row.row);
    item["reason"].set_string_value(row.reason);
  }
  for (const Remark& remark : report.remarks()) {
    auto& item = AddItem(document, "remarks");
    item["file"].set_string_value(PathOf(options, remark.part));
    item["count"].set_number_value(remark.count);
    item["firstLine"].set_number_value(remark.first_line);
    item["what"].set_string_value(remark.text);
  }
  for (const auto& [reason, count] : FindingsByReason(difference)) {
    auto& item = AddItem(document, "findings");
    item["reason"].set_string_value(reason);
    item["count"].set_number_value(count);
  }
  return document;
}

}  // namespace concord::ctl
