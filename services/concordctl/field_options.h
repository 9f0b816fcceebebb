// Flags of `create` and `update` that become fields of a resource, by the schema: one
// mechanism for every resource.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_FIELD_OPTIONS_H_
#define SERVICES_CONCORDCTL_FIELD_OPTIONS_H_

#include <map>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "google/type/date.pb.h"

namespace concord::ctl {

// One flag. What its text must be like follows from the type of the field: dates, decimals, numbers, words of an
// enum ("at-risk"), KEY=VALUE for a map. A flag of a repeated field may be repeated, and replaces all.
struct FieldOption {
  std::string flag;   // "--due-date".
  std::string field;  // "due_date"; "baseline.value" is a field inside a message.
  std::string help;
  std::string type_name;  // "DATE".

  // Needed by `create`.
  bool required = false;

  // If the text names a resource: its collections, as ToName takes them.
  std::string references{};

  // If the items are messages: which of their fields "A=B" fills, in order. The last may be left out. A part may be two
  // fields with a sign between them, as in the text: "start_date..end_date", "member+twin"; either side may be empty.
  std::vector<std::string> parts{};

  // And a field of the item with the value of an enum that every one has, if any.
  std::string constant_field{};
  int constant = 0;

  // What `create` puts there if nothing is given; kToday stands for the day in UTC.
  std::string by_default{};
};
inline constexpr char kToday[] = "today";

// The texts that were given, by flag.
using FieldTexts = std::map<std::string, std::vector<std::string>>;

// The flags that every resource has: --label.
FieldOption LabelOption();

// Declares the flags; `texts` must outlive the command. With `update` nothing is required, and there is --clear.
void DeclareFields(CLI::App& command, const std::vector<FieldOption>& options, bool update, FieldTexts& texts);

// Fills what `create` was not told with what stands for it. `today` as dates are typed.
absl::Status FillDefaults(const std::vector<FieldOption>& options, const FieldTexts& texts, const std::string& today,
                          google::protobuf::Message& resource);

// Fills `resource`, that has its name already (short names are of the same plan), and says in `mask` with what. USAGE
// if a text is not what the field needs.
absl::Status FillFields(const std::vector<FieldOption>& options, const FieldTexts& texts,
                        google::protobuf::Message& resource, google::protobuf::FieldMask& mask);

// A date such as 2011-01-31 into a field. USAGE if it is none.
absl::Status FillDate(const std::string& text, google::type::Date& date);

// Puts one text into a field of `message`, or adds it if the field is repeated.
absl::Status SetField(const FieldOption& option, const std::string& path, const std::string& text,
                      const std::string& plan, google::protobuf::Message& message);

// USAGE if `update` was given nothing to change.
absl::Status CheckSomethingChanges(const google::protobuf::FieldMask& mask);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_FIELD_OPTIONS_H_
