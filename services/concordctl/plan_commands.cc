#include <cstdint>
#include <fstream>
#include <string>

#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/objective/v1/plan_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/plan_file.h"
#include "services/concordctl/plan_import.h"
#include "services/concordctl/plan_reading.h"
#include "services/concordctl/plan_simulation.h"
#include "services/concordctl/plan_stratml.h"
#include "services/concordctl/resource_commands.h"
#include "services/concordctl/stratml.h"

namespace concord::ctl {
namespace {

using objective::v1::Plan;

// The bytes of a file, "-" for the standard input; one more than can be used,
// so that too large a file is recognised without reading it whole.
absl::StatusOr<std::string> ReadFile(const std::string& path, std::istream& standard_input) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& stream = path == "-" ? standard_input : file;
  std::string bytes(kMaximumPlanFileBytes + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream.bad() || (path != "-" && !file.is_open())) {
    return UsageError("the file {path} cannot be read", {{"path", path}});
  }
  bytes.resize(static_cast<size_t>(stream.gcount()));
  return bytes;
}

struct FileOptions {
  std::string path;
  std::string sidecar_path;
  StratmlImportOptions import;
};

absl::Status Import(Session& session, const FileOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.path, session.surroundings().in));
  StratmlImportOptions import = options.import;
  if (LooksLikeXml(bytes)) {
    import.has_sidecar = !options.sidecar_path.empty();
    if (import.has_sidecar) {
      CONCORD_ASSIGN_OR_RETURN(import.sidecar, ReadFile(options.sidecar_path, session.surroundings().in));
    }
    return ImportStratml(session, bytes, import);
  }
  if (!options.sidecar_path.empty() || !import.start_date.empty() || !import.end_date.empty()) {
    return UsageError("--sidecar, --start-date and --end-date are for StratML: a plan file says all itself");
  }
  CONCORD_ASSIGN_OR_RETURN(const planfile::v1::PlanFile file, ParsePlanFile(bytes));
  return ImportPlan(session, file, import.import);
}

struct SimulateOptions {
  std::string path;
  uint64_t seed = 2011;
};

absl::Status Simulate(Session& session, const SimulateOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const std::string json, ReadFile(options.path, session.surroundings().in));
  CONCORD_ASSIGN_OR_RETURN(const planfile::v1::PlanFile file, ParsePlanFile(json));
  return SendHistory(session, SimulateHistory(file, options.seed));
}

constexpr char kJsonFormat[] = "json";
constexpr char kPlanFormatOfStratml[] = "stratml";
constexpr char kPerformanceFormat[] = "stratml-performance";

struct ExportOptions {
  std::string plan;
  std::string source;
  std::string as_of;
  std::string format = kJsonFormat;
  std::string sidecar;
};

absl::Status Export(Session& session, const ExportOptions& options) {
  if (options.format == kJsonFormat && !options.sidecar.empty()) {
    return UsageError("--sidecar is for StratML: a plan file says all itself");
  }
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.PlanOr(options.plan));
  if (options.format != kJsonFormat) {
    const StratmlPart part =
        options.format == kPerformanceFormat ? StratmlPart::kPerformance : StratmlPart::kStrategicPlan;
    return ExportStratml(session, {part, plan, options.source, options.as_of, options.sidecar});
  }
  CONCORD_ASSIGN_OR_RETURN(const PlanState state, ReadPlanOfOneMoment(session, plan, options.as_of));
  planfile::v1::PlanFile file = ToPlanFile(state);
  file.set_source(options.source);
  session.Print(FormatPlanFile(file));
  return absl::OkStatus();
}

struct ListOptions {
  bool archived = false;
  std::string filter;
  std::string order_by;
};

absl::Status List(Session& session, const ListOptions& options) {
  objective::v1::ListPlansRequest request;
  request.set_show_archived(options.archived);
  request.set_filter(options.filter);
  request.set_order_by(options.order_by);
  CONCORD_ASSIGN_OR_RETURN(const auto list, session.ListAll<objective::v1::ListPlansResponse>(request));
  if (session.settings().json) {
    session.PrintJson(list);
    return absl::OkStatus();
  }
  Table table({{"NAME"}, {"TITLE", Column::kFlexible}, {"STATE"}, {"FROM"}, {"TO"}});
  for (const Plan& plan : list.plans()) {
    table.AddRow({plan.name(), plan.title(), FieldText(plan, *Plan::descriptor()->FindFieldByName("state")),
                  aip::FormatDate(plan.period().start_date()), aip::FormatDate(plan.period().end_date())});
  }
  session.Print(table);
  return absl::OkStatus();
}

void AddFileCommands(CommandLine& line, CLI::App& group) {
  line.Add<FileOptions>(
      group,
      {"import", "Bring a plan to what a file says; doing it twice changes nothing",
       "  concordctl plan import deploy/plans/iso-2011-2015/plan.json\n"
       "  concordctl plan import plan.json --dry-run\n"
       "  concordctl plan import plan.json --prune\n"
       "  concordctl plan import theirs.xml --plan theirs --end-date 2028-12-31 --dry-run\n"
       "  concordctl plan import plan.xml --sidecar plan.json"},
      [](CLI::App& command, FileOptions& options) {
        command.add_option("file", options.path, "A plan file or a StratML document, or - for the standard input")
            ->required()
            ->type_name("FILE");
        command.add_flag("--dry-run", options.import.import.dry_run, "Show what would change, write nothing");
        command.add_flag("--prune", options.import.import.prune, "Delete what is not in the file");
        command.add_option("--sidecar", options.sidecar_path, "Of StratML: the plan file that was written beside it")
            ->type_name("FILE");
        command
            .add_option("--start-date", options.import.start_date, "Of StratML: the plan's first day, if it says none")
            ->type_name("DATE");
        command.add_option("--end-date", options.import.end_date, "Of StratML: the plan's last day, if it says none")
            ->type_name("DATE");
      },
      Import);
  line.Add<ExportOptions>(
      group,
      {"export", "Write a plan as a file that import reads",
       "  concordctl plan export iso-2011-2015 > plan.json\n"
       "  concordctl plan export --as-of 2011-06-30T12:00:00Z\n"
       "  concordctl plan export --format stratml --sidecar plan.json > plan.xml\n"
       "  concordctl plan export --format stratml-performance > report.xml"},
      [](CLI::App& command, ExportOptions& options) {
        NameArgument{"plans"}.Declare(command, options.plan);
        command.add_option("--source", options.source, "What to say about where the content comes from")
            ->type_name("TEXT");
        command
            .add_option("--format", options.format,
                        "json (default), stratml (Part 1) or stratml-performance (Part 2, with results)")
            ->check(CLI::IsMember({kJsonFormat, kPlanFormatOfStratml, kPerformanceFormat}))
            ->type_name("FORMAT");
        command
            .add_option("--sidecar", options.sidecar, "Of StratML: write the plan file beside it, for `plan import`")
            ->type_name("FILE");
        AddAsOf(command, options.as_of);
      },
      Export);
}

void AddSimulateCommand(CommandLine& line, CLI::App& group) {
  line.Add<SimulateOptions>(
      group,
      {"simulate",
       "Make a plan with an invented history, named and marked as simulated; doing it twice changes nothing",
       "  concordctl plan simulate deploy/plans/iso-2011-2015/plan.json\n"
       "  concordctl plan simulate plan.json --seed 7"},
      [](CLI::App& command, SimulateOptions& options) {
        command
            .add_option("file", options.path, "A plan file that says what is simulated, or - for the standard input")
            ->required()
            ->type_name("FILE");
        command.add_option("--seed", options.seed, "The same seed, the same history; default: 2011")
            ->type_name("NUMBER");
      },
      Simulate);
}

}  // namespace

void AddPlanCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("plan", "Strategic plans");
  AddFileCommands(line, group);
  AddSimulateCommand(line, group);
  line.Add<ListOptions>(
      group, {"list", "List the plans", "  concordctl plan list\n  concordctl plan list --archived --output json"},
      [](CLI::App& command, ListOptions& options) {
        command.add_flag("--archived", options.archived, "Archived plans, too");
        AddListFlags(command, options.filter, options.order_by);
      },
      List);
  AddShow(line, group, {"show", "Show a plan in full", "  concordctl plan show iso-2011-2015"}, "plans",
          objective::v1::GetPlanRequest::descriptor());
  const auto add = [&](const CommandText& text, const char* done, RequestType type) {
    AddVerb(line, group, text, done, "plans", type);
  };
  add({"activate", "Put a draft in force", "  concordctl plan activate iso-2011-2015 --reason \"approved by Council\""},
      "activated", objective::v1::ActivatePlanRequest::descriptor());
  add({"close", "End an active plan; nothing under it can be changed any more",
       "  concordctl plan close iso-2011-2015"},
      "closed", objective::v1::ClosePlanRequest::descriptor());
  add({"archive", "Take a closed plan out of lists", "  concordctl plan archive iso-2011-2015"}, "archived",
      objective::v1::ArchivePlanRequest::descriptor());
}

}  // namespace concord::ctl
