// A StratML document, safely parsed: with its lines, and with account of what of it has been taken.
#ifndef SERVICES_CONCORDCTL_STRATML_DOCUMENT_H_
#define SERVICES_CONCORDCTL_STRATML_DOCUMENT_H_

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "pugixml.hpp"
#include "services/concordctl/stratml.h"

namespace concord::ctl {

inline constexpr char kStratmlCore[] = "urn:ISO:std:iso:17469:tech:xsd:stratml_core";
inline constexpr char kStratmlPerformance[] = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport";

// The refusal of a document.
absl::Status StratmlRefusal(int line, absl::string_view reason);

// The document in UTF-8 without a byte order mark; refused are other encodings than README.md names, control
// characters, and more bytes or markup than are read.
absl::StatusOr<std::string> DecodeStratml(absl::string_view bytes);

// Whether there is a character that no text of a plan may have.
bool HasStratmlForbidden(absl::string_view text);

// The line of an offset, from 1 on.
int StratmlLineAt(absl::string_view text, size_t offset);

// Nodes stay valid as long as the document. Not safe from several threads.
class StratmlDocument {
 public:
  // Refuses what is too large, too deep, in another encoding, not well formed or no StratML.
  static absl::StatusOr<std::unique_ptr<StratmlDocument>> Parse(absl::string_view bytes);

  pugi::xml_node root() const { return root_; }
  StratmlPart part() const { return part_; }
  int LineOf(pugi::xml_node node) const;

  // The first child of that name, or all; an element of another namespace than the root's is none.
  pugi::xml_node Child(pugi::xml_node parent, const char* name) const;
  std::vector<pugi::xml_node> Children(pugi::xml_node parent, const char* name) const;

  // The text that stands in an element itself, without white space around it; of no element: empty.
  static std::string TextIn(pugi::xml_node element);

  // The text or the attribute is in the plan now.
  void Take(pugi::xml_node element) { taken_.insert(element.internal_object()); }
  void Take(pugi::xml_attribute attribute) { taken_.insert(attribute.internal_object()); }

  // Why what is not taken of an element and of all that is in it is lost, if it is.
  void SayWhyLost(pugi::xml_node element, absl::string_view reason) {
    reasons_[element.internal_object()] = std::string(reason);
  }

  // What was done in want of something that would stand in an element.
  void Assume(pugi::xml_node element, absl::string_view what);

  // The texts, attributes, comments and the like that were not taken.
  std::vector<StratmlNote> Losses() const;
  std::vector<StratmlNote> TakeAssumptions() { return std::move(assumptions_); }

 private:
  struct Walk;  // One way through the document.

  StratmlDocument() = default;
  absl::Status Load(std::string text);
  absl::Status CheckShape() const;
  absl::Status FindRoot();
  bool IsOurs(pugi::xml_node element, absl::string_view name) const;
  bool IsMarkup(pugi::xml_attribute attribute) const;

  std::string text_;                 // In UTF-8, as it was before the parser took it apart.
  std::vector<size_t> line_starts_;  // Offsets of all lines but the first.
  pugi::xml_document tree_;
  pugi::xml_node root_;
  std::string prefix_;  // Of the root, with its colon.
  StratmlPart part_ = StratmlPart::kStrategicPlan;
  std::set<const void*> taken_;
  std::map<const void*, std::string> reasons_;
  std::vector<StratmlNote> assumptions_;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_STRATML_DOCUMENT_H_
