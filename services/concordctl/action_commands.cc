#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aip/date.h"
#include "common/aip/resource_name.h"
#include "common/status/macros.h"
#include "concord/action/v1/action_service.pb.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

using action::v1::Action;
using action::v1::ObjectiveLink;

std::string ServedBy(const google::protobuf::Message& row) {
  const auto& links = static_cast<const Action&>(row).objective_links();
  return absl::StrJoin(links, " ", [](std::string* text, const ObjectiveLink& link) {
    absl::StrAppend(text, aip::LastIdOf(link.objective()), link.kind() == ObjectiveLink::KIND_SUPPORTS ? "(s)" : "");
  });
}

// "waits for 1.2 (Translate the guides), which is IN_PROGRESS and due on 2013-06-30, after it".
std::string WaitingText(const Action& action, const Action& other) {
  std::string text =
      absl::StrCat("waits for ", other.code(), " (", Printable(other.title()), "), which is ",
                   EnumText(*google::protobuf::GetEnumDescriptor<Action::State>()->FindValueByNumber(other.state())));
  if (action.has_due_date() && !other.has_due_date()) {
    absl::StrAppend(&text, " and due when the plan ends");
  } else if (action.has_due_date() && aip::ToDay(action.due_date()) < aip::ToDay(other.due_date())) {
    absl::StrAppend(&text, " and due on ", aip::FormatDate(other.due_date()), ", after it");
  }
  return absl::StrCat(text, "\n");
}

// A line for each action that has to be completed before this one can be.
absl::StatusOr<std::string> WhatItWaitsFor(Session& session, const google::protobuf::Message& resource,
                                           const std::string& as_of) {
  const auto& action = static_cast<const Action&>(resource);
  if (action.state() == Action::STATE_COMPLETED || action.state() == Action::STATE_CANCELLED) return std::string();
  std::string text;
  for (const std::string& name : action.dependencies()) {
    action::v1::GetActionRequest request;
    request.set_name(name);
    CONCORD_RETURN_IF_ERROR(SetAsOf(as_of, request));
    CONCORD_ASSIGN_OR_RETURN(const Action other, session.Call<Action>(request));
    if (other.state() != Action::STATE_COMPLETED) text += WaitingText(action, other);
  }
  return text;
}

const ResourceKind& Kind() {
  static const ResourceKind* const kKind = new ResourceKind{
      "plans/actions",
      {{"--title", "title", "In one line", "TEXT", true},
       {"--code", "code", "How readers cite it; default: NAME as given", "CODE"},
       {"--contributes-to",
        "objective_links",
        "An objective that its progress counts for; may be repeated. Replaces all links",
        "OBJECTIVE[=WEIGHT]",
        false,
        "plans/objectives",
        {"objective", "weight"},
        "kind",
        ObjectiveLink::KIND_CONTRIBUTES},
       {"--supports",
        "objective_links",
        "An objective that it helps without counting; may be repeated. Replaces all links",
        "OBJECTIVE",
        false,
        "plans/objectives",
        {"objective"},
        "kind",
        ObjectiveLink::KIND_SUPPORTS},
       {"--lead", "lead", "Who leads it: members/ID", "MEMBER"},
       {"--contributor", "contributors", "Who else takes part; may be repeated. Replaces all", "MEMBER"},
       {"--start-date", "start_date", "The planned first day; default: the plan's", "DATE"},
       {"--due-date", "due_date", "The planned last day; default: the plan's", "DATE"},
       {"--depends-on", "dependencies", "An action to be completed before it is; may be repeated. Replaces all",
        "ACTION", false, "plans/actions"},
       {"--description", "description", "What is meant, at length", "TEXT"},
       {"--report-frequency", "report_frequency",
        "How often a report is owed: monthly, quarterly, half-yearly, yearly, none", "WORD"},
       {"--report-due-days", "report_due_days", "How many days after a period its report is due", "NUMBER"},
       LabelOption()}};
  return *kKind;
}

void AddVerbs(CommandLine& line, CLI::App& group) {
  const auto add = [&](const CommandText& text, const char* done, RequestType type) {
    AddVerb(line, group, text, done, "plans/actions", type);
  };
  add({"approve", "Agree to a proposed action", "  concordctl action approve 3.1 --reason \"council resolution 12\""},
      "approved", action::v1::ApproveActionRequest::descriptor());
  add({"start", "Begin the work on an approved action",
       "  concordctl action start 3.1\n  concordctl action start 3.1 --date 2011-03-01"},
      "started", action::v1::StartActionRequest::descriptor());
  add({"hold", "Interrupt the work", "  concordctl action hold 3.1 --reason \"waiting for the budget\""}, "put on hold",
      action::v1::HoldActionRequest::descriptor());
  add({"resume", "Take the work up again", "  concordctl action resume 3.1"}, "resumed",
      action::v1::ResumeActionRequest::descriptor());
  add({"complete", "Declare the work done, after all that it depends on; final", "  concordctl action complete 3.1"},
      "completed", action::v1::CompleteActionRequest::descriptor());
  add({"cancel", "Give an action up; final", "  concordctl action cancel 3.1 --reason \"overtaken by 3.2\""},
      "cancelled", action::v1::CancelActionRequest::descriptor());
  add({"delete", "Delete an action that no other depends on; can be undone", "  concordctl action delete 3.7"},
      "deleted", action::v1::DeleteActionRequest::descriptor());
  add({"undelete", "Bring a deleted action back", "  concordctl action undelete 3.7"}, "brought back",
      action::v1::UndeleteActionRequest::descriptor());
}

}  // namespace

void AddActionCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("action", "Numbered actions of a plan");
  AddList(line, group,
          {"list", "List the actions of a plan",
           "  concordctl action list\n"
           "  concordctl action list --filter 'state = IN_PROGRESS' --order-by 'due_date desc'\n"
           "  concordctl action list --deleted --output json"},
          "plans", action::v1::ListActionsRequest::descriptor(),
          {{{"CODE"}, "code"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"STATE"}, "state"},
           {{"FOR"}, "objective_links", ServedBy},
           {{"START"}, "start_date"},
           {{"DUE"}, "due_date"},
           {{"LEAD", Column::kFlexible}, "lead"}});
  AddShow(line, group,
          {"show", "Show an action in full, and what it waits for",
           "  concordctl action show 3.1\n  concordctl action show plans/iso-2011-2015/actions/3-1"},
          "plans/actions", action::v1::GetActionRequest::descriptor(), WhatItWaitsFor);
  AddCreate(line, group,
            {"create", "Create an action",
             "  concordctl action create 3.7 --title \"Translate the guides\" --contributes-to 3 --supports 7 "
             "--due-date 2013-06-30 --report-frequency monthly"},
            Kind(), action::v1::CreateActionRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change an action; only what is given",
             "  concordctl action update 3.1 --lead members/afnor --due-date 2012-06-30\n"
             "  concordctl action update 3.1 --clear dependencies --dry-run"},
            Kind(), action::v1::UpdateActionRequest::descriptor());
  AddVerbs(line, group);
}

}  // namespace concord::ctl
