#include "services/member/committee_methods.h"

#include <utility>

#include "common/rpc/standard_methods.h"
#include "common/rpc/standard_service.h"
#include "concord/member/v1/committee.pb.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/expert_delegation.pb.h"
#include "concord/member/v1/liaison.pb.h"
#include "concord/member/v1/participation.pb.h"
#include "services/member/committee_rules.h"
#include "services/member/expert_delegation_rules.h"
#include "services/member/liaison_rules.h"
#include "services/member/participation_rules.h"

namespace concord::member {

void AddCommitteeMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const auto& service = *v1::GetCommitteeRequest::descriptor()->file()->service(0);
  const auto add = [&](const google::protobuf::Descriptor* type, rpc::ResourceRules rules) {
    const rpc::StandardMethods methods({&parts.types->Of(type), std::move(rules), parts.stamper, parts.tokens});
    rpc::AddStandardMethods(service, methods, engine);
  };
  add(v1::Committee::descriptor(), CommitteeRules());
  add(v1::Participation::descriptor(), ParticipationRules());
  add(v1::ExpertDelegation::descriptor(), ExpertDelegationRules());
  add(v1::Liaison::descriptor(), LiaisonRules());
}

}  // namespace concord::member
