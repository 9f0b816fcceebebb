// The work programme.
#include <string>

#include "concord/member/v1/work_programme_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

const ResourceKind& WorkItemKind() {
  static const ResourceKind* const kKind = new ResourceKind{
      "committees/workItems",
      {{"--title", "title", "What it is about", "TEXT", true},
       {"--reference", "reference", "How it is cited, as \"ISO/DIS 26000\"", "TEXT"},
       {"--deliverable", "deliverable",
        "international-standard, technical-specification, technical-report, publicly-available-specification, guide, "
        "workshop-agreement, amendment, other",
        "WORD"},
       {"--stage", "stage", "Where it is, if no event is known: a harmonised code as 40.20", "CODE"},
       {"--stage-event",
        "stage_events",
        "A stage it came to, in order; may be repeated. Replaces all; `advance` adds one",
        "CODE=DATE",
        false,
        "",
        {"stage", "date"}},
       {"--track", "track_months", "How many months it has: 18, 24, 36, 48; 0: none chosen", "NUMBER"},
       {"--publication-date", "publication_date", "The day it was published, if no event is known", "DATE"},
       {"--edition", "edition", "Which edition it is", "NUMBER"},
       {"--ics", "ics_codes", "A field of the classification, as 03.100.30; may be repeated. Replaces all", "CODE"},
       {"--serves", "priorities", "An objective or action: its full name; may be repeated. Replaces all", "NAME"},
       {"--source-id", "source_id", "The stable id that its source gives it", "TEXT"},
       LabelOption()}};
  return *kKind;
}

}  // namespace

void AddWorkItemCommands(CommandLine& line) {
  const std::string& path = WorkItemKind().path;
  CLI::App& group = line.AddGroup("work-item", "Work items: projects on their way to a standard, and the standards");
  AddList(line, group,
          {"list", "List the work items of all committees, or of one",
           "  concordctl work-item list 45020 --filter 'stage < \"60.00\"'\n"
           "  concordctl work-item list --filter 'publication_limit_date < 2012-01-01' --order-by stage_date"},
          "committees", member::v1::ListWorkItemsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"REFERENCE"}, "reference"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"STAGE"}, "stage"},
           {{"SINCE"}, "stage_date"},
           {{"LIMIT"}, "publication_limit_date"},
           {{"PUBLISHED"}, "publication_date"}});
  AddShow(line, group, {"show", "Show a work item in full", "  concordctl work-item show 45020 19695"}, path,
          member::v1::GetWorkItemRequest::descriptor());
  AddCreate(line, group,
            {"create", "Create a work item",
             "  concordctl work-item create 45020 26000 --title \"Social responsibility\" --reference \"ISO/WD 26000\" "
             "--track 36 --stage-event 10.99=2011-01-31 --serves plans/iso-2011-2015/actions/3-1"},
            WorkItemKind(), member::v1::CreateWorkItemRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change a work item; only what is given",
             "  concordctl work-item update 45020 26000 --reference \"ISO/CD 26000\" --track 48"},
            WorkItemKind(), member::v1::UpdateWorkItemRequest::descriptor());
  AddVerb(line, group,
          {"advance", "Record that a work item came to a stage",
           "  concordctl work-item advance 45020 26000 --stage 40.20 --date 2011-06-30"},
          "advanced", path, member::v1::AdvanceWorkItemRequest::descriptor(),
          {{"--stage", "stage", "A harmonised code as 40.20", "CODE", true}});
  AddVerb(line, group,
          {"delete", "Delete a work item that should not be there; can be undone",
           "  concordctl work-item delete 45020 26000"},
          "deleted", path, member::v1::DeleteWorkItemRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring a deleted work item back", "  concordctl work-item undelete 45020 26000"},
          "brought back", path, member::v1::UndeleteWorkItemRequest::descriptor());
}

}  // namespace concord::ctl
