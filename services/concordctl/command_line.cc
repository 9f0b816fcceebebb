#include "services/concordctl/command_line.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/version.h"

namespace concord::ctl {
namespace {

constexpr char kDescription[] = "The command line of Concord, the system of record for strategic plans.";

constexpr char kFooter[] =
    "Names may be short: \"3.1\" or \"3-1\" is action 3-1 of the plan that --plan names,\n"
    "\"3.1/kickoff\" is its milestone, and \"3.a\" the indicator 3-a of objective 3.\n"
    "Members, committees and ballots are of no plan: \"45020/1619\" is the participation\n"
    "of member 1619 in committee 45020.\n"
    "`concordctl COMMAND --help` shows the flags and examples of a command.\n"
    "\n"
    "Exit codes:\n"
    "  0  done\n"
    "  1  usage: the command line is wrong, or a file cannot be read\n"
    "  2  refused: invalid, or not allowed as things are\n"
    "  3  not found\n"
    "  4  damaged: a ledger did not pass its verification\n"
    "  5  unavailable, or the outcome of a write is unknown; repeating is safe\n"
    "  6  conflict: somebody else was first";

std::string CheckDuration(const std::string& text) {
  absl::Duration duration;
  const bool good =
      absl::ParseDuration(text, &duration) && duration > absl::ZeroDuration() && duration <= absl::Hours(1);
  return good ? "" : absl::StrCat("\"", text, "\" is no span of time up to an hour, such as 500ms, 10s or 2m");
}

// A name such as members/1619 is none: --member of a command that has no such flag is where the member service listens.
std::string CheckAddress(const std::string& text) {
  return absl::StrContains(text, ':') ? "" : absl::StrCat("\"", text, "\" is no address: give HOST:PORT or unix:PATH");
}

// Whether JSON is wanted, seen before or without a successful parse.
bool WantsJson(const std::vector<std::string>& arguments) {
  const auto flag = std::find(arguments.begin(), arguments.end(), "--output");
  if (flag != arguments.end() && flag + 1 != arguments.end()) return *(flag + 1) == "json";
  return std::find(arguments.begin(), arguments.end(), "--output=json") != arguments.end();
}

void AddCommands(CommandLine& line) {
  AddPlanCommands(line);
  AddObjectiveCommands(line);
  AddIndicatorCommands(line);
  AddMeasurementCommands(line);
  AddActionCommands(line);
  AddDeliveryCommands(line);
  AddMemberCommands(line);
  AddCommitteeCommands(line);
  AddWorkItemCommands(line);
  AddBallotCommands(line);
  AddDirectoryCommands(line);
  AddScorecardCommand(line);
  AddFormulaCommands(line);
  AddPartyScorecardCommands(line);
  AddReportCommands(line);
  AddAttentionCommand(line);
  AddCompletenessCommand(line);
  AddForecastCommand(line);
  AddDutyCommands(line);
  AddHistoryCommand(line);
  AddWatchCommand(line);
  AddLedgerCommands(line);
  AddStatusCommand(line);
  AddCompletionCommand(line);
}

int Fail(const absl::Status& status, bool json, Surroundings& surroundings) {
  surroundings.err << (json ? FailureJson(status) : FailureText(status));
  return ExitCodeOf(status);
}

}  // namespace

CommandLine::CommandLine() : app_(kDescription, "concordctl") {
  app_.footer(kFooter);
  app_.fallthrough();  // Global flags may stand behind the command, too.
  app_.require_subcommand(1);
  app_.set_version_flag("--version", absl::StrCat("concordctl ", Version()));
  app_.set_help_flag("-h,--help", "Show this help and leave");
  for (auto& [service, address] : settings_.addresses) {
    app_.add_option("--" + service, address, "Where this service listens: HOST:PORT or unix:PATH")
        ->envname("CONCORD_" + absl::AsciiStrToUpper(service))
        ->capture_default_str()
        ->check(CLI::Validator(CheckAddress, ""))
        ->take_last()
        ->type_name("ADDRESS");
  }
  app_.add_option("--plan", settings_.plan, "The plan that short names belong to; default: the only one there is")
      ->envname("CONCORD_PLAN")
      ->take_last()
      ->type_name("PLAN");
  app_.add_option_function<std::string>(
          "--output", [this](const std::string& format) { settings_.json = format == "json"; },
          "table for people, json for programs; default: table")
      ->check(CLI::IsMember({"table", "json"}))
      ->take_last()
      ->type_name("FORMAT");
  app_.add_option_function<std::string>(
          "--timeout", [this](const std::string& text) { absl::ParseDuration(text, &settings_.timeout); },
          "How long one attempt of a call may take; default: 10s")
      ->check(CLI::Validator(CheckDuration, ""))
      ->take_last()
      ->type_name("DURATION");
}

CLI::App& CommandLine::AddGroup(const std::string& name, const std::string& description) {
  CLI::App* group = app_.add_subcommand(name, description);
  group->require_subcommand(1);
  return *group;
}

CLI::App& CommandLine::AddLeaf(CLI::App& parent, const CommandText& text) {
  CLI::App* command = parent.add_subcommand(text.name, text.description);
  if (!text.examples.empty()) command->footer(absl::StrCat("Examples:\n", text.examples));
  return *command;
}

void AddWriteFlags(CLI::App& command, WriteOptions& options, WriteFlags flags) {
  command.add_option("--request-id", options.request_id, "Repeat a write whose outcome is unknown under the id it had")
      ->type_name("ID");
  command.add_flag("--dry-run", options.dry_run, "Check everything, write nothing");
  if (flags == WriteFlags::kPlain) return;
  command.add_option("--etag", options.etag, "Write only if this is still the version there")->type_name("ETAG");
  if (flags == WriteFlags::kWithEtag) return;
  command.add_option("--reason", options.reason, "Why, for the history")->type_name("TEXT");
}

void AddAsOf(CLI::App& command, std::string& as_of) {
  command.add_option("--as-of", as_of, "The state at this time, for example 2011-06-30T12:00:00Z")->type_name("TIME");
}

int RunConcordctl(const std::vector<std::string>& arguments, Surroundings& surroundings) {
  CommandLine line;
  AddCommands(line);
  std::vector<const char*> pointers;
  pointers.reserve(arguments.size());
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  try {  // CLI11 reports by exceptions; they end here.
    line.app().parse(static_cast<int>(pointers.size()), pointers.data());
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      line.app().exit(error, surroundings.out, surroundings.err);
      return kDone;
    }
    return Fail(UsageError("{problem}", {{"problem", error.what()}}), WantsJson(arguments), surroundings);
  }
  Session session(line.settings(), surroundings);
  const absl::Status status = line.Run(session);
  return status.ok() ? kDone : Fail(status, line.settings().json, surroundings);
}

}  // namespace concord::ctl
