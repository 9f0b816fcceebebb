// Carries out the steps of an import, and tells about them.
#ifndef SERVICES_CONCORDCTL_PLAN_IMPORT_H_
#define SERVICES_CONCORDCTL_PLAN_IMPORT_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/struct.pb.h"
#include "services/concordctl/plan_difference.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

struct ImportOptions {
  bool dry_run = false;
  bool prune = false;
  google::protobuf::Struct told;  // What else the JSON document holds, beside DifferenceJson.
};

// Brings a checked file to the services: reads what is there, compares, prints
// the difference and, unless it is a dry run, writes. An import that was cut off can be
// repeated: it goes on with what is still different.
absl::Status ImportPlan(Session& session, const planfile::v1::PlanFile& file, const ImportOptions& options);

// Just does the steps, and tells where it stopped if one fails.
absl::Status TakeSteps(Session& session, const Difference& difference);

// The difference for people, a paragraph a step.
std::string DifferenceText(const Difference& difference, const Terminal& terminal);

// The same as a JSON document: lists of names "created", "undeleted", "deleted" and
// "kept", the list "updated" of {name, changes}, "unchangedCount" and "dryRun".
google::protobuf::Struct DifferenceJson(const Difference& difference, bool dry_run);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_PLAN_IMPORT_H_
