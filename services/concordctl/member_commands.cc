// Members of the federation.
#include <string>

#include "concord/member/v1/member_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

const ResourceKind& MemberKind() {
  static const ResourceKind* const kKind = new ResourceKind{
      "members",
      {{"--title", "title", "Its full name", "TEXT", true},
       {"--acronym", "acronym", "Its short name", "TEXT"},
       {"--source-id", "source_id", "The stable id that its source gives it", "TEXT"},
       {"--country", "country_code", "Three letters of ISO 3166-1, as KEN", "CODE"},
       {"--category",
        "category_periods",
        "What it is or was: member-body, correspondent, subscriber, partner, regional, liaison-organization; may be "
        "repeated. Replaces all",
        "WORD[=FROM..TO]",
        false,
        "",
        {"category", "start_date..end_date"}},
       {"--group",
        "group_periods",
        "A group of countries it belongs or belonged to, as ldc; may be repeated. Replaces all",
        "GROUP[=FROM..TO]",
        false,
        "",
        {"group", "start_date..end_date"}},
       {"--website", "website_uri", "Its web site", "URL"},
       LabelOption()}};
  return *kKind;
}

}  // namespace

void AddMemberCommands(CommandLine& line) {
  const std::string& path = MemberKind().path;
  CLI::App& group = line.AddGroup("member", "Members of the federation, and those who work with it");
  AddList(line, group,
          {"list", "List the members",
           "  concordctl member list --filter 'category = MEMBER_BODY' --order-by country_code\n"
           "  concordctl member list --filter 'groups:ldc' --output json"},
          "", member::v1::ListMembersRequest::descriptor(),
          {{{"NAME"}, "name"},
           {{"ACRONYM"}, "acronym"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"COUNTRY"}, "country_code"},
           {{"CATEGORY"}, "category"},
           {{"GROUPS", Column::kFlexible}, "groups"}});
  AddShow(line, group, {"show", "Show a member in full", "  concordctl member show 1619"}, path,
          member::v1::GetMemberRequest::descriptor());
  AddCreate(line, group,
            {"create", "Create a member",
             "  concordctl member create 1619 --title \"Standards Council of Canada\" --acronym SCC --source-id 1619 "
             "--country CAN --category member-body=1947-02-23.."},
            MemberKind(), member::v1::CreateMemberRequest::descriptor());
  AddUpdate(
      line, group,
      {"update", "Change a member; only what is given",
       "  concordctl member update 1619 --category correspondent=..2010-12-31 --category member-body=2011-01-01.."},
      MemberKind(), member::v1::UpdateMemberRequest::descriptor());
  AddVerb(line, group,
          {"delete", "Delete a member that should not be there; can be undone. One that left gets a last day instead",
           "  concordctl member delete 1619 --reason \"recorded twice\""},
          "deleted", path, member::v1::DeleteMemberRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring a deleted member back", "  concordctl member undelete 1619"}, "brought back",
          path, member::v1::UndeleteMemberRequest::descriptor());
}

}  // namespace concord::ctl
