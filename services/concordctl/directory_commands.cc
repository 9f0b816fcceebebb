// Taking the directory over from files.
#include <string>

#include "common/aip/date.h"
#include "common/status/macros.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/directory_import.h"
#include "services/concordctl/field_options.h"

namespace concord::ctl {
namespace {

struct DirectoryFlags {
  DirectoryPaths paths;
  std::string date;
  std::string reason = "import of directory files";
  bool dry_run = false;
};

// The flag of a file.
struct DirectoryFile {
  const char* flag;
  DirectoryPart part;
  const char* help;
};

constexpr DirectoryFile kDirectoryFiles[] = {
    {"--members", DirectoryPart::kMembers, "National bodies, CSV: iso_member_id, acronym, name, alpha3 and more"},
    {"--groups", DirectoryPart::kGroups, "Regions, LDC, LLDC and SIDS of countries, CSV as UN M49 has it"},
    {"--income", DirectoryPart::kIncome, "Income classes by fiscal year, CSV: code, year_fiscal, incgroup_historical"},
    {"--committees", DirectoryPart::kCommittees,
     "Committees, who takes part in them and their liaisons, JSON a line: CommitteeRow"},
    {"--work-items", DirectoryPart::kWorkItems, "Projects, JSON a line: ProjectRow"},
    {"--stage-projects", DirectoryPart::kStageProjects,
     "Whose stages --stage-events are, JSON a line: StageProjectRow"},
    {"--stage-events", DirectoryPart::kStageEvents, "Stages and their days, CSV: standat_no, stage, date"}};

void DeclareImport(CLI::App& command, DirectoryFlags& flags) {
  std::map<DirectoryPart, CLI::Option*> options;
  for (const DirectoryFile& file : kDirectoryFiles) {
    options[file.part] =
        command
            .add_option_function<std::string>(
                file.flag, [&flags, part = file.part](const std::string& path) { flags.paths[part] = path; }, file.help)
            ->type_name("FILE");
  }
  options[DirectoryPart::kStageEvents]->needs(options[DirectoryPart::kStageProjects]);
  options[DirectoryPart::kStageEvents]->needs(options[DirectoryPart::kWorkItems]);
  options[DirectoryPart::kStageProjects]->needs(options[DirectoryPart::kStageEvents]);
  CLI::Option* date =
      command.add_option("--date", flags.date, "The day the files are of; default: today in UTC")->type_name("DATE");
  options[DirectoryPart::kCommittees]->needs(date);
  command.add_flag("--dry-run", flags.dry_run, "Compare and count, write nothing");
  command.add_option("--reason", flags.reason, "Where they come from, for the history")->type_name("TEXT");
}

absl::Status RunImport(Session& session, const DirectoryFlags& flags) {
  if (flags.paths.empty()) return UsageError("give at least one file, as --members FILE");
  const absl::CivilDay today = aip::DayOf(session.surroundings().now());
  google::type::Date date = aip::FromDay(today);
  if (!flags.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(flags.date, date));
  if (aip::ToDay(date) > today) return UsageError("--date {date} is in the future", {{"date", flags.date}});
  return ImportDirectory(session, {flags.paths, aip::ToDay(date), flags.reason, flags.dry_run});
}

}  // namespace

void AddDirectoryCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("directory", "Members, committees and the work programme as a whole");
  line.Add<DirectoryFlags>(
      group,
      {"import",
       "Bring the directory to what files say, plain or gzip; doing it twice changes nothing. What a newer snapshot no "
       "longer has gets a last day",
       "  concordctl directory import --members members.csv --groups m49.csv --income income.csv.gz\n"
       "  concordctl directory import --committees committees.jsonl.gz --date 2025-07-01 --dry-run\n"
       "  concordctl directory import --work-items projects.jsonl.gz --stage-projects stage_projects.jsonl.gz "
       "--stage-events stage_events.csv.gz --reason \"work programme of July\" --output json"},
      DeclareImport, RunImport);
}

}  // namespace concord::ctl
