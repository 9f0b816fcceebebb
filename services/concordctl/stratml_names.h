// What elements of a StratML document are called in a plan: names and codes.
#ifndef SERVICES_CONCORDCTL_STRATML_NAMES_H_
#define SERVICES_CONCORDCTL_STRATML_NAMES_H_

#include <map>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "concord/planfile/v1/plan_file.pb.h"
#include "services/concordctl/stratml_document.h"

namespace concord::ctl {

// "plans/p/objectives/3" as an xsd:ID, "_plans.p.objectives.3"; and back: empty if the text is none of ours.
std::string StratmlIdentifier(absl::string_view name);
std::string NameOfIdentifier(absl::string_view identifier);

// The names and codes of one collection while a document is read. Not safe from several threads.
class StratmlNames {
 public:
  // `pattern` of the collection, `plan` the name that the plan gets. The document must outlive this.
  StratmlNames(StratmlDocument& document, const char* pattern, const std::string& plan)
      : document_(document), pattern_(pattern), plan_(plan) {}

  // What the side-car has, and what the document says: before anything is named.
  void AddOfSidecar(const std::string& name, const std::string& code);
  void AddOfDocument(pugi::xml_node element);

  // What an element is called: by its Identifier, or by its SequenceIndicator in the side-car; empty if it is new.
  std::string KnownName(pugi::xml_node element);

  // Whether a resource of that name is in the document, as far as it has been read or Identifiers tell.
  bool Has(const std::string& name) const { return identified_.contains(name) || used_names_.contains(name); }

  // The code that its SequenceIndicator says, or one made of `fallback` ("3.2") and told. Empty if nothing is said of
  // one that the side-car knows as `known`.
  std::string CodeOf(pugi::xml_node element, const std::string& known, const std::string& fallback);

  // A name under `parent` that nothing else has.
  std::string NewName(const std::string& parent, const std::string& code);

 private:
  std::string OwnName(pugi::xml_node element) const;
  std::string FreeCode(const std::string& wanted);

  StratmlDocument& document_;
  std::string pattern_;
  std::string plan_;
  std::map<std::string, std::string> sidecar_by_code_;
  std::set<std::string> sidecar_;
  std::set<std::string> identified_;  // Names that Identifiers of the document say.
  std::set<std::string> said_codes_;  // Codes that its SequenceIndicators say.
  std::set<std::string> used_codes_;
  std::set<std::string> used_names_;
  std::map<std::string, int> next_numbers_;  // Behind what was taken already, so that many alike cost no more than few.
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_STRATML_NAMES_H_
