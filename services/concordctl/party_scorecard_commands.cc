// Scorecards of members and committees: what the formulas say about one of them.
#include <string>

#include "absl/strings/str_cat.h"
#include "common/aip/date.h"
#include "common/status/macros.h"
#include "concord/reporting/v1/formula_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/names.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

using reporting::v1::FormulaResult;
using reporting::v1::PartyScorecard;

struct PartyOptions {
  std::string name;
  std::string as;
  std::string date;
  std::string as_of;
};

// "plan=plans/p" says nothing new, and the party neither.
std::string OwnParametersOf(const FormulaResult& figure, const std::string& party) {
  std::string text;
  for (const char* key : {"kind", "percentile", "top"}) {
    const auto found = figure.parameters().find(key);
    if (found != figure.parameters().end() && found->second != party)
      absl::StrAppend(&text, " ", key, "=", found->second);
  }
  return text;
}

Table FiguresTable(const PartyScorecard& card) {
  Table table({{"FIGURE"},
               {"VALUE", Column::kNumber},
               {"UNIT"},
               {"COUNTED", Column::kNumber},
               {"WHAT IT IS", Column::kFlexible}});
  for (const FormulaResult& figure : card.figures()) {
    table.AddRow({ShortName(figure.formula()) + OwnParametersOf(figure, card.party()),
                  figure.has_value() ? Cell(figure.value().value()) : Cell("no data", Tone::kFaint), figure.unit(),
                  absl::StrCat(figure.counted_count(), " of ", figure.expected_count()),
                  figure.has_value() ? figure.explanation() : figure.no_data_reason()});
  }
  return table;
}

absl::Status ShowCard(Session& session, const PartyOptions& options, reporting::v1::GetPartyScorecardRequest& request) {
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  CONCORD_ASSIGN_OR_RETURN(const auto card, session.Call<PartyScorecard>(request));
  if (session.settings().json) {
    session.PrintJson(card);
    return absl::OkStatus();
  }
  session.Print(Toned(Printable(card.title()), Tone::kHeading, session.surroundings().terminal) + "\n");
  session.Print(absl::StrCat(card.name(), " on ", aip::FormatDate(card.date()), "\n\n"));
  session.Print(FiguresTable(card));
  return absl::OkStatus();
}

absl::Status ShowMember(Session& session, const PartyOptions& options) {
  reporting::v1::GetPartyScorecardRequest request;
  CONCORD_ASSIGN_OR_RETURN(const std::string member, session.Name(options.name, "members"));
  if (options.as.empty() || options.as == "member") {
    request.set_name(member + "/scorecard");
    CONCORD_ASSIGN_OR_RETURN(*request.mutable_plan(), session.Plan());
  } else if (options.as == "secretariat" || options.as == "partner") {
    request.set_name(absl::StrCat(member, "/", options.as, "Scorecard"));
  } else {
    return UsageError("--as {text}: give member, secretariat or partner", {{"text", options.as}});
  }
  return ShowCard(session, options, request);
}

absl::Status ShowCommittee(Session& session, const PartyOptions& options) {
  reporting::v1::GetPartyScorecardRequest request;
  CONCORD_ASSIGN_OR_RETURN(const std::string committee, session.Name(options.name, "committees"));
  request.set_name(committee + "/scorecard");
  return ShowCard(session, options, request);
}

void Declare(const std::string& path, CLI::App& command, PartyOptions& options) {
  NameArgument{path}.Declare(command, options.name);
  command.add_option("--date", options.date, "The day it is about; default: today in UTC")->type_name("DATE");
  AddAsOf(command, options.as_of);
}

}  // namespace

void AddPartyScorecardCommands(CommandLine& line) {
  line.Add<PartyOptions>(
      *line.app().get_subcommand("member"),
      {"scorecard", "Show what a member does: committees, votes, duties, its own actions, what it has given",
       "  concordctl member scorecard 1619\n"
       "  concordctl member scorecard 1619 --as secretariat --date 2014-12-31\n"
       "  concordctl member scorecard 9442 --as partner"},
      [](CLI::App& command, PartyOptions& options) {
        Declare("members", command, options);
        command.add_option("--as", options.as, "As what: member, secretariat, partner; default: member")
            ->type_name("WORD");
      },
      ShowMember);
  line.Add<PartyOptions>(
      *line.app().get_subcommand("committee"),
      {"scorecard", "Show how a committee is doing: who takes part, liaisons, its work and how long it takes",
       "  concordctl committee scorecard 45020\n  concordctl committee scorecard 45020 --date 2014-12-31"},
      [](CLI::App& command, PartyOptions& options) { Declare("committees", command, options); }, ShowCommittee);
}

}  // namespace concord::ctl
