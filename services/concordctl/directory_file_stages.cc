// The dates of stages, which another source has under numbers of its own.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/directoryfile/v1/project_row.pb.h"
#include "services/concordctl/directory_file_readers.h"
#include "services/concordctl/directory_file_text.h"
#include "services/concordctl/directory_file_values.h"

namespace concord::ctl {
namespace {

using directoryfile::v1::StageProjectRow;
using member::v1::StageEvent;

// The project that a number of the other source stands for.
using Matches = absl::flat_hash_map<int64_t, int64_t>;

// Keeps the numbers that stand for one project each: where several do, it is not known whose history is whose.
Matches ReadMatches(absl::string_view text, StageHistories& histories, DirectoryReport& report) {
  Matches matches;
  absl::flat_hash_map<int64_t, int> claims;
  StageProjectRow row;
  ForEachJsonRow(text, DirectoryPart::kStageProjects, absl::nullopt, row, report, [&](Origin origin) {
    if (row.match() != "unique" || row.iso_id() <= 0) {
      return report.Note(origin, absl::StrCat("a history whose project is not sure (", row.match(), ") is left out"));
    }
    matches[row.standat_no()] = row.iso_id();
    histories[row.iso_id()].line = origin.line;
    ++claims[row.iso_id()];
  });
  for (auto match = matches.begin(); match != matches.end();) {
    const auto one = match++;
    if (claims[one->second] < 2) continue;
    const auto history = histories.find(one->second);
    if (history != histories.end()) {
      report.Note({DirectoryPart::kStageProjects, history->second.line},
                  "a project that several histories are said to be of gets none of them");
    }
    histories.erase(one->second);
    matches.erase(one);
  }
  return matches;
}

// Why the row is no event; else `event` is it. A day that is not known is left to the caller.
std::string FillEvent(const CsvRow& row, StageEvent& event) {
  event.set_stage(std::string(row["stage"]));
  if (!LooksLikeStage(event.stage())) return absl::StrCat("stage: \"", row["stage"], "\" is no code as 40.20");
  const auto date = aip::ParseDate(row["date"]);
  if (!date.ok()) return absl::StrCat("date: \"", row["date"], "\" is no date");
  if (const auto known = ToFirstDay(row["date"])) *event.mutable_date() = *known;
  return "";
}

}  // namespace

absl::Status ReadStageHistories(absl::string_view projects, absl::string_view events, StageHistories& histories,
                                DirectoryReport& report) {
  const Matches matches = ReadMatches(projects, histories, report);
  absl::flat_hash_set<std::string> seen;
  const auto take = [&](const CsvRow& row, Origin origin) {
    int64_t number = 0;
    StageEvent event;
    std::string problem = FillEvent(row, event);
    if (!absl::SimpleAtoi(row["standat_no"], &number)) problem = "standat_no: is no number";
    if (!problem.empty()) return report.Reject({origin, absl::nullopt, std::string(row["standat_no"]), problem});
    if (!event.has_date()) return report.Note(origin, "an event on 1900-01-01, a placeholder, is left out");
    if (!seen.insert(absl::StrCat(number, " ", row["stage"], " ", row["date"])).second) {
      return report.Note(origin, "an event that is there twice is taken once");
    }
    const auto match = matches.find(number);
    if (match == matches.end()) return report.Note(origin, "an event of a project that is not sure is left out");
    histories[match->second].events.push_back(std::move(event));
  };
  CONCORD_RETURN_IF_ERROR(
      ForEachCsvRow(events, DirectoryPart::kStageEvents, absl::nullopt, {"standat_no", "stage", "date"}, report, take)
          .status());
  for (auto& [id, history] : histories) {
    // Of one day they stay as the source has them.
    std::stable_sort(history.events.begin(), history.events.end(), [](const StageEvent& a, const StageEvent& b) {
      return aip::ToDay(a.date()) < aip::ToDay(b.date());
    });
  }
  return absl::OkStatus();
}

}  // namespace concord::ctl
