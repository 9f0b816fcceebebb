// Indicators, and what was measured of them.
#include <string>

#include "common/status/macros.h"
#include "concord/objective/v1/indicator_service.pb.h"
#include "concord/objective/v1/measurement_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

using objective::v1::Measurement;
using objective::v1::RollUpInput;

constexpr char kIndicators[] = "plans/objectives/indicators";
constexpr char kMeasurements[] = "plans/objectives/indicators/measurements";

FieldOption InputOption(const char* flag, const char* help, RollUpInput::Role role) {
  const bool weighted = role == RollUpInput::ROLE_UNSPECIFIED;
  FieldOption option{flag, "roll_up.inputs", help, weighted ? "INDICATOR[=WEIGHT]" : "INDICATOR"};
  option.references = kIndicators;
  option.parts = {"indicator"};
  if (weighted) {
    option.parts.emplace_back("weight");
  } else {
    option.constant_field = "role";
    option.constant = role;
  }
  return option;
}

const ResourceKind& IndicatorKind() {
  static const ResourceKind* const kKind = new ResourceKind{
      kIndicators,
      {{"--title", "title", "What is measured, in one line", "TEXT", true},
       {"--code", "code", "How readers cite it; default: NAME as given", "CODE"},
       {"--description", "description", "What exactly is counted, and how", "TEXT"},
       {"--unit", "unit", "What one of it is, as participants, %, months", "TEXT", true},
       {"--scale", "scale", "How many digits after the point its values have at most; default: 0", "NUMBER"},
       {"--direction", "direction", "Which way is better: increase, decrease", "WORD", true},
       {"--kind", "kind", "stock (at the end of a period), flow (in it), cumulative (since the plan began)", "WORD",
        true},
       {"--frequency", "frequency", "How long a period is: monthly, quarterly, half-yearly, yearly", "WORD", true},
       {"--source",
        "source",
        "Where measurements come from: people, formula; default: people",
        "WORD",
        false,
        "",
        {},
        "",
        0,
        "people"},
       {"--formula", "formula.formula", "Which formula, if that is the source; `formula list` tells them", "FORMULA",
        false, "formulas"},
       {"--parameter", "formula.parameters", "A parameter of the formula; may be repeated. Replaces all", "KEY=VALUE"},
       {"--baseline", "baseline.value", "Where it stood before; default: none yet", "NUMBER"},
       {"--baseline-date", "baseline.date", "The day of the baseline", "DATE"},
       {"--baseline-source", "baseline.source", "Where the baseline is from", "TEXT"},
       {"--target",
        "targets",
        "Where it is to stand at the end of a period; may be repeated. Replaces all",
        "DATE=NUMBER",
        false,
        "",
        {"date", "value"}},
       {"--lower", "guard_rails.lower", "The least that is allowed", "NUMBER"},
       {"--upper", "guard_rails.upper", "The most that is allowed", "NUMBER"},
       {"--roll-up", "roll_up.method", "Computed from others: sum, weighted-mean, ratio, minimum, maximum, last, none",
        "WORD"},
       InputOption("--input", "From which; may be repeated. Replaces all", RollUpInput::ROLE_UNSPECIFIED),
       InputOption("--numerator", "From which, above the line of a ratio; may be repeated. Replaces all",
                   RollUpInput::ROLE_NUMERATOR),
       InputOption("--denominator", "From which, below the line; may be repeated. Replaces all",
                   RollUpInput::ROLE_DENOMINATOR),
       {"--reporter", "reporter", "Who owes the measurements: members/ID; default: the strategy office", "MEMBER"},
       {"--due-days", "due_days", "How many days after a period its measurement is due", "NUMBER"},
       {"--dimension",
        "dimensions",
        "What values may be broken down by; may be repeated. Replaces all",
        "KEY=MEMBER,MEMBER",
        false,
        "",
        {"key", "members"}},
       LabelOption()}};
  return *kKind;
}

const ResourceKind& MeasurementKind() {
  static const ResourceKind* const kKind = new ResourceKind{
      kMeasurements,
      {{"--value", "value", "How much it was; 0 is a value", "NUMBER"},
       {"--no-data", "no_data.reason", "That it is not known, and why", "TEXT"},
       {"--in", "dimensions", "The part that it is about; may be repeated; default: the whole", "KEY=MEMBER"},
       {"--evidence",
        "evidence",
        "How do we know; may be repeated. Replaces all",
        "TITLE[=URL]",
        false,
        "",
        {"title", "uri"}},
       {"--note", "note", "What is worth saying", "TEXT"},
       {"--supersedes", "supersedes", "The approved measurement that it corrects, as 3.a/2012", "MEASUREMENT", false,
        kMeasurements},
       LabelOption()},
      ResourceKind::IdFrom::kPeriod};
  return *kKind;
}

// Creates a measurement and hands it in. Repeated under the same request id, both give their first answers.
absl::Status Report(Session& session, const FieldFlags& flags) {
  FieldFlags first = flags;
  if (first.write.request_id.empty()) first.write.request_id = session.surroundings().new_request_id();
  Measurement measurement;
  CONCORD_RETURN_IF_ERROR(SendCreate(session, MeasurementKind(), first,
                                     objective::v1::CreateMeasurementRequest::descriptor(), measurement));
  if (flags.write.dry_run) {
    PrintWritten(session, "reported", measurement, true);
    return absl::OkStatus();
  }
  objective::v1::SubmitMeasurementRequest request;
  request.set_name(measurement.name());
  request.set_etag(measurement.etag());
  request.set_request_id(first.write.request_id + "-submit");
  const auto submitted = session.Call<Measurement>(request);
  if (!submitted.ok() && !session.settings().json) {
    session.surroundings().err << measurement.name() << " is a draft now: mend it with `concordctl measurement update` "
                               << "and hand it in with `concordctl measurement submit`\n";
  }
  CONCORD_RETURN_IF_ERROR(submitted.status());
  PrintWritten(session, "reported", *submitted, false);
  return absl::OkStatus();
}

}  // namespace

void AddIndicatorCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("indicator", "Indicators of objectives: does it work");
  AddList(line, group,
          {"list", "List the indicators of a plan, or of an objective",
           "  concordctl indicator list\n  concordctl indicator list 3 --filter 'kind = FLOW'"},
          "plans/objectives", objective::v1::ListIndicatorsRequest::descriptor(),
          {{{"CODE"}, "code"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"UNIT", Column::kFlexible}, "unit"},
           {{"DIRECTION"}, "direction"},
           {{"KIND"}, "kind"},
           {{"EVERY"}, "frequency"},
           {{"BASELINE", Column::kNumber}, "baseline.value"},
           {{"REPORTER", Column::kFlexible}, "reporter"}});
  AddShow(line, group,
          {"show", "Show an indicator in full", "  concordctl indicator show 3.a\n  concordctl indicator show 3/reach"},
          kIndicators, objective::v1::GetIndicatorRequest::descriptor());
  AddCreate(line, group,
            {"create", "Create an indicator",
             "  concordctl indicator create 3.c --title \"People trained\" --unit participants --direction "
             "increase --kind flow --frequency yearly --target 2012-12-31=500\n"
             "  concordctl indicator create 3.d --title \"Share of women\" --unit % --scale 1 --direction "
             "increase --kind flow --frequency yearly --roll-up ratio --numerator 3.e --denominator 3.c"},
            IndicatorKind(), objective::v1::CreateIndicatorRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change an indicator; only what is given",
             "  concordctl indicator update 3.a --baseline 40 --baseline-date 2010-12-31\n"
             "  concordctl indicator update 3.a --clear targets"},
            IndicatorKind(), objective::v1::UpdateIndicatorRequest::descriptor());
  AddVerb(line, group,
          {"delete", "Delete an indicator that no other is computed from; can be undone",
           "  concordctl indicator delete 3.c --reason \"nobody can count it\""},
          "deleted", kIndicators, objective::v1::DeleteIndicatorRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring a deleted indicator back", "  concordctl indicator undelete 3.c"},
          "brought back", kIndicators, objective::v1::UndeleteIndicatorRequest::descriptor());
}

void AddMeasurementCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("measurement", "Measurements of indicators: how do we know");
  line.Add<FieldFlags>(
      group,
      {"report", "Create a measurement and hand it in, in one go",
       "  concordctl measurement report 3.a 2012 --value 52 --evidence \"Attendance lists=https://example.org/2012\"\n"
       "  concordctl measurement report 3.a 2012-q3 --no-data \"the survey was not held\""},
      [](CLI::App& command, FieldFlags& flags) { DeclareCreate(command, MeasurementKind(), flags); }, Report);
  AddList(line, group,
          {"list", "List the measurements of a plan, or of an indicator",
           "  concordctl measurement list 3.a\n"
           "  concordctl measurement list --filter 'status = SUBMITTED'"},
          kIndicators, objective::v1::ListMeasurementsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"PERIOD"}, "period"},
           {{"VALUE", Column::kNumber}, "value|no_data"},
           {{"STATUS"}, "status"},
           {{"OF"}, "dimensions"},
           {{"SUPERSEDES"}, "supersedes"},
           {{"NOTE", Column::kFlexible}, "return_reason|note"}});
  AddShow(line, group, {"show", "Show a measurement in full", "  concordctl measurement show 3.a 2012"}, kMeasurements,
          objective::v1::GetMeasurementRequest::descriptor());
  AddCreate(line, group,
            {"create", "Write a draft; `report` also hands it in",
             "  concordctl measurement create 3.a 2012 --value 52\n"
             "  concordctl measurement create 3.a 2012 --id 2012-corrected --value 50 --supersedes "
             "3.a/2012"},
            MeasurementKind(), objective::v1::CreateMeasurementRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change a draft or a returned measurement; only what is given",
             "  concordctl measurement update 3.a 2012 --value 53 --note \"late lists included\""},
            MeasurementKind(), objective::v1::UpdateMeasurementRequest::descriptor());
  const auto add = [&](const CommandText& text, const char* done, RequestType type) {
    AddVerb(line, group, text, done, kMeasurements, type);
  };
  add({"submit", "Hand a measurement in, once its period is over", "  concordctl measurement submit 3.a 2012"},
      "submitted", objective::v1::SubmitMeasurementRequest::descriptor());
  add({"approve", "Put a measurement in force; what it supersedes is superseded",
       "  concordctl measurement approve 3.a/2012 --reason \"checked against the lists\""},
      "approved", objective::v1::ApproveMeasurementRequest::descriptor());
  add({"return", "Send a measurement back to be mended; needs --reason",
       "  concordctl measurement return 3.a 2012 --reason \"the lists of two courses are missing\""},
      "returned", objective::v1::ReturnMeasurementRequest::descriptor());
  add({"delete", "Delete a measurement that was never approved; can be undone",
       "  concordctl measurement delete 3.a 2012 --reason \"written under the wrong indicator\""},
      "deleted", objective::v1::DeleteMeasurementRequest::descriptor());
  add({"undelete", "Bring a deleted measurement back, as a draft", "  concordctl measurement undelete 3.a 2012"},
      "brought back", objective::v1::UndeleteMeasurementRequest::descriptor());
}

}  // namespace concord::ctl
