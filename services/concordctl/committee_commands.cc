// Committees, and who takes part in them.
#include <string>

#include "concord/member/v1/committee_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

constexpr char kCommittees[] = "committees";

// Said once more than needed: --member before the command is where the member service listens.
FieldOption MemberOption() {
  return {"--member", "member", "Whose it is; default: the member that the id is of", "MEMBER", false, "members"};
}

void AddCommittees(CommandLine& line) {
  const ResourceKind kind{
      kCommittees,
      {{"--title", "title", "What it is about", "TEXT", true},
       {"--reference", "reference", "How it is cited, as \"ISO/TC 34/SC 11\"", "TEXT", true},
       {"--kind", "kind", "technical-committee, subcommittee, working-group, project-committee, joint-committee, other",
        "WORD"},
       {"--parent", "parent_committee", "The committee above it", "COMMITTEE", false, kCommittees},
       {"--description", "description", "What is in its scope", "TEXT"},
       {"--creation-date", "creation_date", "The day it was founded", "DATE"},
       {"--disbanding-date", "disbanding_date", "Its last day", "DATE"},
       {"--secretariat",
        "secretariat_periods",
        "Who holds or held the secretariat, perhaps with a twin; may be repeated. Replaces all",
        "MEMBER[+TWIN][=FROM..TO]",
        false,
        "members",
        {"member+twin", "start_date..end_date"}},
       {"--chair",
        "chair_periods",
        "Who named or had named the chair; may be repeated. Replaces all",
        "MEMBER[=FROM..TO]",
        false,
        "members",
        {"member", "start_date..end_date"}},
       {"--source-id", "source_id", "The stable id that its source gives it", "TEXT"},
       LabelOption()}};
  CLI::App& group = line.AddGroup("committee", "Committees: where the technical work is done");
  AddList(line, group,
          {"list", "List the committees",
           "  concordctl committee list --filter 'kind = SUBCOMMITTEE' --order-by reference\n"
           "  concordctl committee list --filter 'secretariat = \"members/1619\"'"},
          "", member::v1::ListCommitteesRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"REFERENCE"}, "reference"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"KIND"}, "kind"},
           {{"UNDER"}, "parent_committee"},
           {{"SECRETARIAT"}, "secretariat"},
           {{"DISBANDED"}, "disbanding_date"}});
  AddShow(line, group, {"show", "Show a committee in full", "  concordctl committee show 45020"}, kind.path,
          member::v1::GetCommitteeRequest::descriptor());
  AddCreate(line, group,
            {"create", "Create a committee",
             "  concordctl committee create 45020 --title \"Information technology\" --reference \"ISO/IEC JTC 1\" "
             "--kind joint-committee --creation-date 1987-01-01 --secretariat 2188=1987-01-01.."},
            kind, member::v1::CreateCommitteeRequest::descriptor());
  AddUpdate(
      line, group,
      {"update", "Change a committee; only what is given",
       "  concordctl committee update 45020 --secretariat 2188=..2024-12-31 --secretariat 1619+2064=2025-01-01.."},
      kind, member::v1::UpdateCommitteeRequest::descriptor());
  AddVerb(line, group,
          {"delete",
           "Delete a committee that should not be there; can be undone. One that is disbanded gets a last day instead",
           "  concordctl committee delete 45020 --reason \"recorded twice\""},
          "deleted", kind.path, member::v1::DeleteCommitteeRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring a deleted committee back", "  concordctl committee undelete 45020"},
          "brought back", kind.path, member::v1::UndeleteCommitteeRequest::descriptor());
}

void AddParticipations(CommandLine& line) {
  const ResourceKind kind{"committees/participations",
                          {{"--role",
                            "role_periods",
                            "How it takes or took part: participant, observer; may be repeated. Replaces all",
                            "WORD[=FROM..TO]",
                            true,
                            "",
                            {"role", "start_date..end_date"}},
                           MemberOption(),
                           {"--title", "title", "What is worth saying in one line", "TEXT"},
                           LabelOption()},
                          ResourceKind::IdFrom::kName,
                          "member"};
  CLI::App& group = line.AddGroup("participation", "Who takes part in committees, as P-member or O-member");
  AddList(line, group,
          {"list", "List the participations in all committees, or in one",
           "  concordctl participation list 45020\n"
           "  concordctl participation list --filter 'member = \"members/1619\" AND role = PARTICIPANT'"},
          kCommittees, member::v1::ListParticipationsRequest::descriptor(),
          {{{"NAME"}, "name"}, {{"ROLE"}, "role"}, {{"PERIODS", Column::kFlexible}, "role_periods"}});
  AddShow(line, group, {"show", "Show a participation in full", "  concordctl participation show 45020 1619"},
          kind.path, member::v1::GetParticipationRequest::descriptor());
  AddCreate(line, group,
            {"create", "Record that a member takes part in a committee",
             "  concordctl participation create 45020 1619 --role participant=2011-01-01.."},
            kind, member::v1::CreateParticipationRequest::descriptor());
  AddUpdate(
      line, group,
      {"update", "Change a participation; only what is given",
       "  concordctl participation update 45020 1619 --role participant=..2011-12-31 --role observer=2012-01-01.."},
      kind, member::v1::UpdateParticipationRequest::descriptor());
  AddVerb(line, group,
          {"delete", "Delete a participation that never was; can be undone. One that ended gets a last day instead",
           "  concordctl participation delete 45020 1619"},
          "deleted", kind.path, member::v1::DeleteParticipationRequest::descriptor());
  AddVerb(line, group,
          {"undelete", "Bring a deleted participation back", "  concordctl participation undelete 45020 1619"},
          "brought back", kind.path, member::v1::UndeleteParticipationRequest::descriptor());
}

void AddExperts(CommandLine& line) {
  const ResourceKind kind{"committees/experts",
                          {{"--experts",
                            "expert_counts",
                            "How many for which interest: large-industry, small-industry, government, consumers, "
                            "labour, academic, standards-application, non-governmental; may be repeated. Replaces all",
                            "WORD=NUMBER",
                            false,
                            "",
                            {"category", "expert_count"}},
                           MemberOption(),
                           {"--date",
                            "count_date",
                            "The day they were counted on; default: today in UTC",
                            "DATE",
                            false,
                            "",
                            {},
                            "",
                            0,
                            kToday},
                           {"--title", "title", "What is worth saying in one line", "TEXT"},
                           LabelOption()},
                          ResourceKind::IdFrom::kName,
                          "member"};
  CLI::App& group = line.AddGroup("expert", "Experts that members have named to committees, counted");
  AddList(line, group, {"list", "List the experts in all committees, or in one", "  concordctl expert list 45020"},
          kCommittees, member::v1::ListExpertsRequest::descriptor(),
          {{{"NAME"}, "name"}, {{"DATE"}, "count_date"}, {{"EXPERTS", Column::kFlexible}, "expert_counts"}});
  AddShow(line, group, {"show", "Show the experts of a member in a committee", "  concordctl expert show 45020 1619"},
          kind.path, member::v1::GetExpertDelegationRequest::descriptor());
  AddCreate(line, group,
            {"create", "Record how many experts a member has named",
             "  concordctl expert create 45020 1619 --experts government=2 --experts academic=1 --date 2011-06-30"},
            kind, member::v1::CreateExpertDelegationRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change the numbers; only what is given",
             "  concordctl expert update 45020 1619 --experts government=3 --date 2012-06-30"},
            kind, member::v1::UpdateExpertDelegationRequest::descriptor());
  AddVerb(line, group, {"delete", "Delete the numbers; can be undone", "  concordctl expert delete 45020 1619"},
          "deleted", kind.path, member::v1::DeleteExpertDelegationRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring the numbers back", "  concordctl expert undelete 45020 1619"},
          "brought back", kind.path, member::v1::UndeleteExpertDelegationRequest::descriptor());
}

// In full, for it says whether it is a committee or a member.
std::string CounterpartOf(const google::protobuf::Message& row) {
  return static_cast<const member::v1::Liaison&>(row).counterpart();
}

void AddLiaisons(CommandLine& line) {
  const ResourceKind kind{
      "committees/liaisons",
      {{"--with", "counterpart", "With whom: committees/ID or members/ID; cannot be changed", "NAME", true},
       {"--category", "category", "How close, of organisations only: a, b, c, d", "WORD"},
       {"--title", "title", "With whom, as its source writes it", "TEXT"},
       {"--start-date", "start_date", "The first day", "DATE"},
       {"--end-date", "end_date", "The last day", "DATE"},
       {"--review-date", "review_date", "When it was last reviewed", "DATE"},
       {"--given", "given_count", "How many contributions the committee gave", "NUMBER"},
       {"--received", "received_count", "How many it received", "NUMBER"},
       LabelOption()}};
  CLI::App& group = line.AddGroup("liaison", "Liaisons of committees, with committees and organisations");
  AddList(line, group,
          {"list", "List the liaisons of all committees, or of one",
           "  concordctl liaison list 45020\n"
           "  concordctl liaison list --filter 'review_due_date < 2012-01-01' --order-by review_due_date"},
          kCommittees, member::v1::ListLiaisonsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"WITH"}, "counterpart", CounterpartOf},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"CATEGORY"}, "category"},
           {{"FROM"}, "start_date"},
           {{"TO"}, "end_date"},
           {{"REVIEW DUE"}, "review_due_date"}});
  AddShow(line, group, {"show", "Show a liaison in full", "  concordctl liaison show 45020 organization-9006"},
          kind.path, member::v1::GetLiaisonRequest::descriptor());
  AddCreate(line, group,
            {"create", "Record a liaison",
             "  concordctl liaison create 45020 organization-9006 --with members/9006 --category a "
             "--start-date 2011-01-01"},
            kind, member::v1::CreateLiaisonRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change a liaison; only what is given",
             "  concordctl liaison update 45020 organization-9006 --review-date 2012-06-30 --given 4"},
            kind, member::v1::UpdateLiaisonRequest::descriptor());
  AddVerb(line, group,
          {"delete", "Delete a liaison that never was; can be undone. One that ended gets a last day instead",
           "  concordctl liaison delete 45020 organization-9006"},
          "deleted", kind.path, member::v1::DeleteLiaisonRequest::descriptor());
  AddVerb(line, group,
          {"undelete", "Bring a deleted liaison back", "  concordctl liaison undelete 45020 organization-9006"},
          "brought back", kind.path, member::v1::UndeleteLiaisonRequest::descriptor());
}

}  // namespace

void AddCommitteeCommands(CommandLine& line) {
  AddCommittees(line);
  AddParticipations(line);
  AddExperts(line);
  AddLiaisons(line);
}

}  // namespace concord::ctl
