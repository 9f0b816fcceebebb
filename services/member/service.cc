#include "services/member/service.h"

#include "concord/action/v1/action.pb.h"
#include "concord/member/v1/adoption.pb.h"
#include "concord/member/v1/adoption_service.pb.h"
#include "concord/member/v1/ballot.pb.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/member.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "concord/member/v1/work_item.pb.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "concord/objective/v1/objective.pb.h"
#include "services/member/adoption_methods.h"
#include "services/member/ballot_methods.h"
#include "services/member/committee_methods.h"
#include "services/member/member_methods.h"
#include "services/member/work_item_methods.h"

namespace concord::member {

app::ServiceDefinition MemberServiceDefinition() {
  app::ServiceDefinition definition;
  definition.name = "member";
  definition.types = {{v1::Member::default_instance(), "directory"},
                      {v1::Committee::default_instance(), "directory"},
                      {v1::Participation::default_instance(), "directory"},
                      {v1::ExpertDelegation::default_instance(), "directory"},
                      {v1::Liaison::default_instance(), "directory"},
                      {v1::Ballot::default_instance(), "directory"},
                      {v1::Vote::default_instance(), "directory"},
                      {v1::WorkItem::default_instance(), "work"},
                      {v1::Adoption::default_instance(), "work"},
                      // What work items serve.
                      {objective::v1::Objective::default_instance(), "plans/{plan}"},
                      {action::v1::Action::default_instance(), "plans/{plan}"}};
  definition.services = {
      v1::GetMemberRequest::descriptor()->file()->service(0), v1::GetCommitteeRequest::descriptor()->file()->service(0),
      v1::GetWorkItemRequest::descriptor()->file()->service(0),
      v1::GetAdoptionRequest::descriptor()->file()->service(0), v1::GetBallotRequest::descriptor()->file()->service(0)};
  definition.add_methods = [](rpc::Engine& engine, const app::MethodParts& parts) {
    AddMemberMethods(engine, parts);
    AddCommitteeMethods(engine, parts);
    AddWorkItemMethods(engine, parts);
    AddAdoptionMethods(engine, parts);
    AddBallotMethods(engine, parts);
  };
  return definition;
}

}  // namespace concord::member
