#include "services/objective/objective_methods.h"

#include <string>

#include "common/rpc/standard_methods.h"
#include "concord/objective/v1/objective.pb.h"
#include "concord/objective/v1/objective_service.pb.h"
#include "services/objective/objective_rules.h"

namespace concord::objective {

void AddObjectiveMethods(rpc::Engine& engine, const app::MethodParts& parts) {
  const rpc::StandardMethods objectives(
      {&parts.types->Of(v1::Objective::descriptor()), ObjectiveRules(), parts.stamper, parts.tokens});
  const std::string service = "concord.objective.v1.ObjectiveService";
  engine.Add(service, objectives.Get(v1::GetObjectiveRequest::default_instance()));
  engine.Add(service, objectives.List(v1::ListObjectivesRequest::default_instance(),
                                      v1::ListObjectivesResponse::default_instance()));
  engine.Add(service, objectives.Create(v1::CreateObjectiveRequest::default_instance()));
  engine.Add(service, objectives.BatchCreate(v1::BatchCreateObjectivesRequest::default_instance(),
                                             v1::BatchCreateObjectivesResponse::default_instance()));
  engine.Add(service, objectives.Update(v1::UpdateObjectiveRequest::default_instance()));
  engine.Add(service, objectives.Delete(v1::DeleteObjectiveRequest::default_instance()));
  engine.Add(service, objectives.Undelete(v1::UndeleteObjectiveRequest::default_instance()));
}

}  // namespace concord::objective
