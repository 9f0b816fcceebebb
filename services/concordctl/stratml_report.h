// What plans as StratML cannot say, for people and for programs.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_STRATML_REPORT_H_
#define SERVICES_CONCORDCTL_STRATML_REPORT_H_

#include <string>
#include <vector>

#include "google/protobuf/struct.pb.h"
#include "services/concordctl/stratml.h"
#include "services/concordctl/table.h"

namespace concord::ctl {

// Of an export: the fields that the document does not carry.
std::string UnsaidText(const std::vector<UnsaidField>& unsaid, const Terminal& terminal);

// {"losses": [{"field", "count", "names"}]}.
google::protobuf::Struct UnsaidJson(const std::vector<UnsaidField>& unsaid);

// Of an import: what is not taken over, those alike counted together, and what was assumed.
std::string StratmlNotesText(const StratmlPlan& plan, const Terminal& terminal);

// {"document", "losses": [{"line", "path", "value", "reason"}], "assumptions": [{"line", "path", "what"}]}.
google::protobuf::Struct StratmlNotesJson(const StratmlPlan& plan);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_STRATML_REPORT_H_
