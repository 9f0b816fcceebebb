// The work programme, and what members make of it.
#include <string>

#include "concord/member/v1/adoption_service.pb.h"
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

const ResourceKind& AdoptionKind() {
  static const ResourceKind* const kKind = new ResourceKind{
      "committees/workItems/adoptions",
      {{"--degree", "degree", "How it corresponds, by ISO/IEC Guide 21: identical, modified, not-equivalent", "WORD",
        true},
       {"--date", "adoption_date", "The day from which it was in force", "DATE", true},
       {"--reference", "reference", "How the national standard is cited, as \"DIN EN ISO 9001\"", "TEXT"},
       {"--withdrawal-date", "withdrawal_date", "The day on which it was withdrawn", "DATE"},
       {"--member", "member", "Whose it is; default: the member that the id is of", "MEMBER", false, "members"},
       {"--title", "title", "What is worth saying in one line", "TEXT"},
       LabelOption()},
      ResourceKind::IdFrom::kName,
      "member"};
  return *kKind;
}

void AddAdoptions(CommandLine& line) {
  const ResourceKind& kind = AdoptionKind();
  CLI::App& group = line.AddGroup("adoption", "Standards that members have made standards of their countries");
  AddList(line, group,
          {"list", "List the adoptions of all work items, or of one",
           "  concordctl adoption list 45020/19695\n"
           "  concordctl adoption list --filter 'member = \"members/1619\" AND degree = IDENTICAL'"},
          "committees/workItems", member::v1::ListAdoptionsRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"REFERENCE", Column::kFlexible}, "reference"},
           {{"DEGREE"}, "degree"},
           {{"ADOPTED"}, "adoption_date"},
           {{"WITHDRAWN"}, "withdrawal_date"}});
  AddShow(
      line, group,
      {"show", "Show the adoption of a work item by a member in full", "  concordctl adoption show 45020 19695 1619"},
      kind.path, member::v1::GetAdoptionRequest::descriptor());
  AddCreate(line, group,
            {"create", "Record that a member has adopted a standard",
             "  concordctl adoption create 45020/19695/1619 --degree identical --date 2011-06-30 "
             "--reference \"DIN EN ISO 9001\""},
            kind, member::v1::CreateAdoptionRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change an adoption; only what is given",
             "  concordctl adoption update 45020 19695 1619 --withdrawal-date 2015-12-01"},
            kind, member::v1::UpdateAdoptionRequest::descriptor());
  AddVerb(line, group,
          {"delete",
           "Delete an adoption that never was; can be undone. One that was withdrawn gets the day of that instead",
           "  concordctl adoption delete 45020 19695 1619"},
          "deleted", kind.path, member::v1::DeleteAdoptionRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring a deleted adoption back", "  concordctl adoption undelete 45020 19695 1619"},
          "brought back", kind.path, member::v1::UndeleteAdoptionRequest::descriptor());
}

void AddWorkItems(CommandLine& line) {
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

}  // namespace

void AddWorkItemCommands(CommandLine& line) {
  AddWorkItems(line);
  AddAdoptions(line);
}

}  // namespace concord::ctl
