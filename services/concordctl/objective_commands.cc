#include <string>

#include "concord/objective/v1/objective_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/resource_commands.h"

namespace concord::ctl {
namespace {

using objective::v1::Objective;

std::string FullNameOf(const google::protobuf::Message& row) { return static_cast<const Objective&>(row).name(); }

// Absent stands for 1.
std::string WeightOf(const google::protobuf::Message& row) {
  const auto& objective = static_cast<const Objective&>(row);
  return objective.has_weight() ? FieldText(objective, *Objective::descriptor()->FindFieldByName("weight")) : "1";
}

const ResourceKind& Kind() {
  static const ResourceKind* const kKind =
      new ResourceKind{"plans/objectives",
                       {{"--title", "title", "In one line", "TEXT", true},
                        {"--code", "code", "How readers cite it; default: NAME as given", "CODE"},
                        {"--outcome", "outcome", "How the world looks when it is reached", "TEXT"},
                        {"--weight", "weight", "Its share in the plan's figures; default: 1", "NUMBER"},
                        {"--owner", "owner", "Who answers for it", "TEXT"},
                        LabelOption()}};
  return *kKind;
}

}  // namespace

void AddObjectiveCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("objective", "Key objectives of a plan");
  AddList(line, group,
          {"list", "List the objectives of a plan",
           "  concordctl objective list\n  concordctl objective list --plan iso-2011-2015 --output json"},
          "plans", objective::v1::ListObjectivesRequest::descriptor(),
          {{{"CODE"}, "code"},
           {{"TITLE", Column::kFlexible}, "title"},
           {{"WEIGHT", Column::kNumber}, "weight", WeightOf},
           {{"OWNER", Column::kFlexible}, "owner"},
           {{"NAME"}, "name", FullNameOf}});
  AddShow(line, group,
          {"show", "Show an objective in full",
           "  concordctl objective show 3\n  concordctl objective show 3 --as-of 2011-06-30T12:00:00Z"},
          "plans/objectives", objective::v1::GetObjectiveRequest::descriptor());
  AddCreate(line, group,
            {"create", "Create an objective",
             "  concordctl objective create 8 --title \"Standards reach schools\" --weight 0.5"},
            Kind(), objective::v1::CreateObjectiveRequest::descriptor());
  AddUpdate(line, group,
            {"update", "Change an objective; only what is given",
             "  concordctl objective update 3 --owner \"Development group\"\n"
             "  concordctl objective update 3 --clear owner --dry-run"},
            Kind(), objective::v1::UpdateObjectiveRequest::descriptor());
  AddVerb(line, group,
          {"delete", "Delete an objective that no action serves; can be undone",
           "  concordctl objective delete 8 --reason \"merged into 7\""},
          "deleted", "plans/objectives", objective::v1::DeleteObjectiveRequest::descriptor());
  AddVerb(line, group, {"undelete", "Bring a deleted objective back", "  concordctl objective undelete 8"},
          "brought back", "plans/objectives", objective::v1::UndeleteObjectiveRequest::descriptor());
}

}  // namespace concord::ctl
