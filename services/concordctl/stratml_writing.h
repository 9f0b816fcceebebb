// The parts of writing a StratML document. What is written of a plan is taken out of it, so that what is left at the
// end is what the document does not say - also of fields that nobody has thought of here.
#ifndef SERVICES_CONCORDCTL_STRATML_WRITING_H_
#define SERVICES_CONCORDCTL_STRATML_WRITING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "concord/objective/v1/indicator.pb.h"
#include "concord/objective/v1/measurement.pb.h"
#include "google/protobuf/message.h"
#include "google/type/date.pb.h"
#include "pugixml.hpp"
#include "services/concordctl/stratml.h"

namespace concord::ctl {

// Adds an element with a text, which may be empty.
pugi::xml_node AddStratml(pugi::xml_node parent, const char* name, absl::string_view text = "");

// The text, and leaves `text` empty; what XML cannot hold is left out, and then `text` stays.
std::string TakeOut(std::string* text);

// Whether a date can be written.
bool IsStratmlDate(const google::type::Date& date);

// Adds what is measured, `indicator` with those of `measurements` that are of the whole, and takes both out. How many
// results were added.
int AddStratmlIndicator(pugi::xml_node parent, objective::v1::Indicator& indicator,
                        const std::vector<objective::v1::Measurement*>& measurements);

// Counts a field, or under the name of a collection a whole resource, that is not said.
void NoteUnsaid(const std::string& field, absl::string_view name, std::vector<UnsaidField>& unsaid);

// Counts the fields that have content in a resource of a collection, its name apart.
void AddUnsaid(absl::string_view collection, absl::string_view name, const google::protobuf::Message& message,
               std::vector<UnsaidField>& unsaid);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_STRATML_WRITING_H_
