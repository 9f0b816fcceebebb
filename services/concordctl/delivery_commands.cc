// What is recorded of actions: milestones, progress reports, contributions, activities, risks.
#include <string>

#include "concord/action/v1/activity_service.pb.h"
#include "concord/action/v1/contribution_service.pb.h"
#include "concord/action/v1/milestone_service.pb.h"
#include "concord/action/v1/progress_report_service.pb.h"
#include "concord/action/v1/risk_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

FieldOption EvidenceOption() {
  return {"--evidence", "evidence",      "How do we know; may be repeated. Replaces all", "TITLE[=URL]", false,
          "",           {"title", "uri"}};
}

void AddMilestones(CommandLine& line) {
  const ResourceKind kind{"plans/actions/milestones",
                          {{"--title", "title", "What is reached, in one line", "TEXT", true},
                           {"--due-date", "due_date", "When it is to be reached", "DATE", true},
                           {"--weight", "weight", "Its share in the action's progress; default: 1", "NUMBER"},
                           {"--owner", "owner", "Who answers for it: members/ID; default: the action's lead", "MEMBER"},
                           {"--description", "description", "By what one can tell that it is reached", "TEXT"},
                           EvidenceOption(),
                           LabelOption()}};
  CLI::App& group = line.AddGroup("milestone", "Milestones of actions");
  AddList(line, group,
          {"list", "List the milestones of a plan, or of an action",
           "  concordctl milestone list\n  concordctl milestone list 3.1 --order-by due_date"},
          "plans/actions", action::v1::ListMilestonesRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"STATE"}, "state"},
           {{"DUE"}, "due_date"},
           {{"REACHED"}, "reached_date"},
           {{"OWNER", Column::kFlexible}, "owner"}});
  AddShow(line, group, {"show", "Show a milestone in full", "  concordctl milestone show 3.1 kickoff"}, kind.path,
          action::v1::GetMilestoneRequest::descriptor());
  AddCreate(line, group,
            {"create", "Create a milestone",
             "  concordctl milestone create 3.1 kickoff --title \"The group has met\" --due-date 2011-06-30"},
            kind, action::v1::CreateMilestoneRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change a milestone; only what is given",
             "  concordctl milestone update 3.1 kickoff --due-date 2011-09-30"},
            kind, action::v1::UpdateMilestoneRequest::descriptor());
  const auto add = [&](const CommandText& text, const char* done, RequestType type) {
    AddVerb(line, group, text, done, kind.path, type);
  };
  add({"reach", "Declare a milestone reached", "  concordctl milestone reach 3.1 kickoff --date 2011-06-15"}, "reached",
      action::v1::ReachMilestoneRequest::descriptor());
  add({"drop", "Give a milestone up", "  concordctl milestone drop 3.1 kickoff --reason \"not needed any more\""},
      "dropped", action::v1::DropMilestoneRequest::descriptor());
  add({"reopen", "Take it back that it was reached or dropped", "  concordctl milestone reopen 3.1 kickoff"},
      "reopened", action::v1::ReopenMilestoneRequest::descriptor());
  add({"delete", "Delete a milestone; can be undone", "  concordctl milestone delete 3.1 kickoff"}, "deleted",
      action::v1::DeleteMilestoneRequest::descriptor());
  add({"undelete", "Bring a deleted milestone back", "  concordctl milestone undelete 3.1 kickoff"}, "brought back",
      action::v1::UndeleteMilestoneRequest::descriptor());
}

void AddProgressReports(CommandLine& line) {
  const ResourceKind kind{"plans/actions/progressReports",
                          {{"--percent", "percent", "How much of the work is done, 0 to 100", "NUMBER", true},
                           {"--health", "health", "How it goes: on-track, at-risk, off-track", "WORD", true},
                           {"--confidence", "confidence", "How sure one is: low, medium, high", "WORD", true},
                           {"--because", "confidence_reason", "Why one is as sure as that", "TEXT", true},
                           {"--narrative", "narrative", "What happened and what comes next", "TEXT"},
                           {"--date", "date", "The day it is about; default: today in UTC", "DATE"},
                           {"--reporter", "reporter", "Who reports: members/ID; default: the action's lead", "MEMBER"},
                           EvidenceOption(),
                           LabelOption()},
                          ResourceKind::IdFrom::kDate};
  CLI::App& group = line.AddGroup("progress", "Progress reports of actions; never changed once they are written");
  AddCreate(
      line, group,
      {"report", "Report how far an action is; a correction for the same day needs an --id of its own",
       "  concordctl progress report 3.1 --percent 40 --health at-risk --confidence medium --because \"two of five "
       "groups have answered\"\n"
       "  concordctl progress report 3.1 --date 2011-06-30 --id 2011-06-30-corrected --percent 35 --health at-risk "
       "--confidence high --because \"counted again\""},
      kind, action::v1::CreateProgressReportRequest::descriptor());
  AddList(line, group,
          {"list", "List the progress reports of a plan, or of an action",
           "  concordctl progress list 3.1\n  concordctl progress list --order-by 'date desc'"},
          "plans/actions", action::v1::ListProgressReportsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"DATE"}, "date"},
           {{"PERCENT", Column::kNumber}, "percent"},
           {{"HEALTH"}, "health"},
           {{"CONFIDENCE"}, "confidence"},
           {{"BECAUSE", Column::kFlexible}, "confidence_reason"}});
  AddShow(line, group, {"show", "Show a progress report in full", "  concordctl progress show 3.1 2011-06-30"},
          kind.path, action::v1::GetProgressReportRequest::descriptor());
}

void AddContributions(CommandLine& line) {
  const ResourceKind kind{"plans/actions/contributions",
                          {{"--title", "title", "What was given, in one line", "TEXT", true},
                           {"--member", "member", "Who gave it: members/ID", "MEMBER", true},
                           {"--kind", "kind", "expert-days, money, seats, hosting", "WORD", true},
                           {"--amount", "amount", "How much: days, money, seats or events", "NUMBER", true},
                           {"--currency", "currency_code", "Of money: three letters, as CHF", "CODE"},
                           {"--date", "date", "When it was given", "DATE", true},
                           {"--note", "note", "What is worth saying", "TEXT"},
                           EvidenceOption(),
                           LabelOption()}};
  CLI::App& group = line.AddGroup("contribution", "Contributions to actions: who gave what");
  AddList(line, group,
          {"list", "List the contributions to a plan, or to an action",
           "  concordctl contribution list 3.1\n"
           "  concordctl contribution list --filter 'member = \"members/afnor\"'"},
          "plans/actions", action::v1::ListContributionsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"MEMBER"}, "member"},
           {{"KIND"}, "kind"},
           {{"AMOUNT", Column::kNumber}, "amount"},
           {{"CURRENCY"}, "currency_code"},
           {{"DATE"}, "date"}});
  AddShow(line, group, {"show", "Show a contribution in full", "  concordctl contribution show 3.1 days-2011"},
          kind.path, action::v1::GetContributionRequest::descriptor());
  AddCreate(line, group,
            {"create", "Record a contribution",
             "  concordctl contribution create 3.1 days-2011 --title \"Two experts\" --member "
             "members/afnor --kind expert-days --amount 24.5 --date 2011-05-02"},
            kind, action::v1::CreateContributionRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change a contribution; only what is given",
             "  concordctl contribution update 3.1 days-2011 --amount 25"},
            kind, action::v1::UpdateContributionRequest::descriptor());
  AddVerb(line, group,
          {"delete", "Delete a contribution; can be undone", "  concordctl contribution delete 3.1 days-2011"},
          "deleted", kind.path, action::v1::DeleteContributionRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring a contribution back", "  concordctl contribution undelete 3.1 days-2011"},
          "brought back", kind.path, action::v1::UndeleteContributionRequest::descriptor());
}

void AddActivities(CommandLine& line) {
  const ResourceKind kind{
      "plans/actions/activities",
      {{"--title", "title", "What people call it", "TEXT", true},
       {"--kind", "kind", "training, event, study, outreach", "WORD", true},
       {"--start-date", "start_date", "The first day", "DATE", true},
       {"--end-date", "end_date", "The last day; default: the first", "DATE"},
       {"--place", "place", "Where", "TEXT"},
       {"--organizer", "organizer", "Who held it: members/ID; default: the action's lead", "MEMBER"},
       {"--participants",
        "participations",
        "How many came from a member; may be repeated. Replaces all",
        "MEMBER=NUMBER",
        false,
        "",
        {"member", "participant_count"}},
       {"--reach", "reach_count", "Whom else it reached, as readers of a study", "NUMBER"},
       {"--description", "description", "What is worth saying", "TEXT"},
       EvidenceOption(),
       LabelOption()}};
  CLI::App& group = line.AddGroup("activity", "Activities for actions: what was held, and who came");
  AddList(line, group,
          {"list", "List the activities of a plan, or of an action",
           "  concordctl activity list 3.1\n  concordctl activity list --filter 'kind = TRAINING'"},
          "plans/actions", action::v1::ListActivitiesRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"KIND"}, "kind"},
           {{"FROM"}, "start_date"},
           {{"TO"}, "end_date"},
           {{"PLACE", Column::kFlexible}, "place"},
           {{"REACH", Column::kNumber}, "reach_count"}});
  AddShow(line, group, {"show", "Show an activity in full", "  concordctl activity show 3.1 course-1"}, kind.path,
          action::v1::GetActivityRequest::descriptor());
  AddCreate(line, group,
            {"create", "Record an activity",
             "  concordctl activity create 3.1 course-1 --title \"First course\" --kind training "
             "--start-date 2011-05-02 --end-date 2011-05-04 --participants members/kebs=12"},
            kind, action::v1::CreateActivityRequest::descriptor());
  AddUpdate(
      line, group,
      {"update", "Change an activity; only what is given", "  concordctl activity update 3.1 course-1 --reach 400"},
      kind, action::v1::UpdateActivityRequest::descriptor());
  AddVerb(line, group, {"delete", "Delete an activity; can be undone", "  concordctl activity delete 3.1 course-1"},
          "deleted", kind.path, action::v1::DeleteActivityRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring an activity back", "  concordctl activity undelete 3.1 course-1"},
          "brought back", kind.path, action::v1::UndeleteActivityRequest::descriptor());
}

void AddRisks(CommandLine& line) {
  const ResourceKind kind{"plans/actions/risks",
                          {{"--title", "title", "What may happen, in one line", "TEXT", true},
                           {"--likelihood", "likelihood", "1 (hardly) to 5 (nearly certain)", "NUMBER", true},
                           {"--impact", "impact", "1 (little) to 5 (the end of the action)", "NUMBER", true},
                           {"--description", "description", "What would happen, and why", "TEXT"},
                           {"--mitigation", "mitigation", "What is done about it", "TEXT"},
                           {"--owner", "owner", "Who watches it: members/ID; default: the action's lead", "MEMBER"},
                           {"--review-date", "review_date", "When it is to be looked at again", "DATE"},
                           LabelOption()}};
  CLI::App& group = line.AddGroup("risk", "Risks of actions");
  AddList(line, group,
          {"list", "List the risks of a plan, or of an action",
           "  concordctl risk list --filter 'severity >= 15' --order-by 'severity desc'"},
          "plans/actions", action::v1::ListRisksRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"STATE"}, "state"},
           {{"SEVERITY", Column::kNumber}, "severity"},
           {{"REVIEW"}, "review_date"},
           {{"OWNER", Column::kFlexible}, "owner"}});
  AddShow(line, group, {"show", "Show a risk in full", "  concordctl risk show 3.1 no-experts"}, kind.path,
          action::v1::GetRiskRequest::descriptor());
  AddCreate(line, group,
            {"create", "Record a risk",
             "  concordctl risk create 3.1 no-experts --title \"No experts volunteer\" --likelihood 3 "
             "--impact 4 --review-date 2011-12-01"},
            kind, action::v1::CreateRiskRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change a risk; only what is given", "  concordctl risk update 3.1 no-experts --likelihood 2"},
            kind, action::v1::UpdateRiskRequest::descriptor());
  const auto add = [&](const CommandText& text, const char* done, RequestType type) {
    AddVerb(line, group, text, done, kind.path, type);
  };
  add({"realize", "Say that it has happened", "  concordctl risk realize 3.1 no-experts"}, "realized",
      action::v1::RealizeRiskRequest::descriptor());
  add({"close", "Say that it is over, or cannot happen any more", "  concordctl risk close 3.1 no-experts"}, "closed",
      action::v1::CloseRiskRequest::descriptor());
  add({"reopen", "Say that it may happen again", "  concordctl risk reopen 3.1 no-experts"}, "reopened",
      action::v1::ReopenRiskRequest::descriptor());
  add({"delete", "Delete a risk; can be undone", "  concordctl risk delete 3.1 no-experts"}, "deleted",
      action::v1::DeleteRiskRequest::descriptor());
  add({"undelete", "Bring a deleted risk back", "  concordctl risk undelete 3.1 no-experts"}, "brought back",
      action::v1::UndeleteRiskRequest::descriptor());
}

}  // namespace

void AddDeliveryCommands(CommandLine& line) {
  AddMilestones(line);
  AddProgressReports(line);
  AddContributions(line);
  AddActivities(line);
  AddRisks(line);
}

}  // namespace concord::ctl
