// Ballots, votes, and who did his duty to vote.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/enum_words.h"
#include "common/status/macros.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/names.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

using member::v1::MemberVotingDuty;

struct DutyOptions {
  std::string committee;
  std::string date;
  std::string as_of;
};

Tone ToneOf(MemberVotingDuty::Standing standing) {
  if (standing == MemberVotingDuty::STANDING_BROKEN) return Tone::kBad;
  return standing == MemberVotingDuty::STANDING_WARNED ? Tone::kWarning : Tone::kPlain;
}

std::string ShortNames(const google::protobuf::RepeatedPtrField<std::string>& names) {
  return absl::StrJoin(names, " ",
                       [](std::string* text, const std::string& name) { absl::StrAppend(text, ShortName(name)); });
}

Table DutyTable(const member::v1::VotingDuty& duty) {
  Table table({{"MEMBER"},
               {"STANDING"},
               {"MAJOR BALLOTS", Column::kNumber},
               {"MISSED", Column::kNumber},
               {"OTHERS", Column::kNumber},
               {"MISSED", Column::kNumber},
               {"WHICH", Column::kFlexible},
               {"DUE", Column::kFlexible}});
  for (const MemberVotingDuty& one : duty.members()) {
    table.AddRow({one.member(),
                  {aip::WordOf(one.standing()), ToneOf(one.standing())},
                  absl::StrCat(one.major_ballot_count()),
                  absl::StrCat(one.major_missed_count()),
                  absl::StrCat(one.other_ballot_count()),
                  absl::StrCat(one.other_missed_count()),
                  ShortNames(one.missed_ballots()),
                  ShortNames(one.due_ballots())});
  }
  return table;
}

absl::Status ShowVotingDuty(Session& session, const DutyOptions& options) {
  member::v1::GetVotingDutyRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_committee(), session.Name(options.committee, "committees"));
  if (!options.date.empty()) CONCORD_RETURN_IF_ERROR(FillDate(options.date, *request.mutable_date()));
  CONCORD_RETURN_IF_ERROR(SetAsOf(options.as_of, request));
  CONCORD_ASSIGN_OR_RETURN(const auto duty, session.Call<member::v1::VotingDuty>(request));
  if (session.settings().json) {
    session.PrintJson(duty);
    return absl::OkStatus();
  }
  session.Print(DutyTable(duty));
  return absl::OkStatus();
}

void AddVotingDuty(CommandLine& line, CLI::App& group) {
  line.Add<DutyOptions>(
      group,
      {"duty", "Show which P-members of a committee miss their duty to vote, or are about to",
       "  concordctl ballot duty 45020\n  concordctl ballot duty 45020 --date 2011-12-31"},
      [](CLI::App& command, DutyOptions& options) {
        NameArgument{"committees"}.Declare(command, options.committee);
        command.add_option("--date", options.date, "The day it is about; default: today in UTC")->type_name("DATE");
        AddAsOf(command, options.as_of);
      },
      ShowVotingDuty);
}

void AddBallots(CommandLine& line) {
  const ResourceKind kind{
      "ballots",
      {{"--title", "title", "The question in one line", "TEXT", true},
       {"--kind", "kind",
        "enquiry, approval, new-work-item, technical-specification, publicly-available-specification, "
        "systematic-review, new-committee, committee",
        "WORD", true},
       {"--committee", "committee", "The committee that asks", "COMMITTEE", false, "committees"},
       {"--work-item", "work_item", "What is in question", "COMMITTEE/ITEM", false, "committees/workItems"},
       {"--open-date", "open_date", "The first day; default: today in UTC", "DATE", false, "", {}, "", 0, kToday},
       {"--close-date", "close_date", "The last day on which votes count", "DATE", true},
       LabelOption()}};
  CLI::App& group = line.AddGroup("ballot", "Ballots: questions put to members, and how they were decided");
  AddList(line, group,
          {"list", "List the ballots",
           "  concordctl ballot list --filter 'state = OPEN' --order-by close_date\n"
           "  concordctl ballot list --filter 'committee = \"committees/45020\"'"},
          "", member::v1::ListBallotsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"KIND"}, "kind"},
           {{"COMMITTEE"}, "committee"},
           {{"OPENS"}, "open_date"},
           {{"CLOSES"}, "close_date"},
           {{"STATE"}, "state"},
           {{"OUTCOME"}, "result.outcome"}});
  AddShow(line, group, {"show", "Show a ballot in full, with its result", "  concordctl ballot show 26000-dis"},
          kind.path, member::v1::GetBallotRequest::descriptor());
  AddCreate(line, group,
            {"create", "Open a ballot",
             "  concordctl ballot create 26000-dis --title \"ISO/DIS 26000\" --kind enquiry --committee 45020 "
             "--work-item 45020/26000 --open-date 2011-01-31 --close-date 2011-06-30"},
            kind, member::v1::CreateBallotRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change an open ballot; only what is given",
             "  concordctl ballot update 26000-dis --close-date 2011-07-31"},
            kind, member::v1::UpdateBallotRequest::descriptor());
  AddVerb(line, group, {"close", "Count the votes, after the last day; final", "  concordctl ballot close 26000-dis"},
          "closed", kind.path, member::v1::CloseBallotRequest::descriptor());
  AddVerb(line, group,
          {"cancel", "Call a ballot off; final",
           "  concordctl ballot cancel 26000-dis --reason \"the draft was withdrawn\""},
          "cancelled", kind.path, member::v1::CancelBallotRequest::descriptor());
  AddVotingDuty(line, group);
}

void AddVotes(CommandLine& line) {
  const ResourceKind kind{
      "ballots/votes",
      {{"--position", "position", "yes, no, abstain", "WORD", true},
       {"--member", "member", "Whose it is; default: the member that the id is of", "MEMBER", false, "members"},
       {"--technical-reasons", "has_technical_reasons", "Whether a vote against gives any: yes, no", "WORD"},
       {"--pledge", "pledges_participation", "Whether the member will take part in the work: yes, no", "WORD"},
       {"--date", "date", "The day it was cast; default: today in UTC", "DATE", false, "", {}, "", 0, kToday},
       {"--comment", "comment", "Reasons and comments", "TEXT"},
       {"--title", "title", "What is worth saying in one line", "TEXT"},
       LabelOption()},
      ResourceKind::IdFrom::kName,
      "member"};
  CLI::App& group = line.AddGroup("vote", "Votes of members; of an open ballot nobody can read them");
  AddCreate(
      line, group,
      {"cast", "Cast the vote of a member",
       "  concordctl vote cast 26000-dis 1619 --position yes\n"
       "  concordctl vote cast 26000-dis 1619 --position no --technical-reasons yes --comment \"clause 4 is vague\""},
      kind, member::v1::CreateVoteRequest::descriptor());
  AddList(line, group,
          {"list", "List the votes in all ballots that are closed, or in one", "  concordctl vote list 26000-dis"},
          "ballots", member::v1::ListVotesRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"POSITION"}, "position"},
           {{"REASONS"}, "has_technical_reasons"},
           {{"PLEDGE"}, "pledges_participation"},
           {{"DATE"}, "date"},
           {{"COMMENT", Column::kFlexible}, "comment"}});
  AddShow(line, group, {"show", "Show a vote in full", "  concordctl vote show 26000-dis 1619"}, kind.path,
          member::v1::GetVoteRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change a vote while the ballot is open; only what is given",
             "  concordctl vote update 26000-dis 1619 --position abstain"},
            kind, member::v1::UpdateVoteRequest::descriptor());
}

}  // namespace

void AddBallotCommands(CommandLine& line) {
  AddBallots(line);
  AddVotes(line);
}

}  // namespace concord::ctl
