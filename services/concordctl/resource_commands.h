// The commands that are alike for all resources.
#ifndef SERVICES_CONCORDCTL_RESOURCE_COMMANDS_H_
#define SERVICES_CONCORDCTL_RESOURCE_COMMANDS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/concordctl/command_line.h"
#include "services/concordctl/field_options.h"
#include "services/concordctl/listing.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {

// What one kind of resource is to the command line.
struct ResourceKind {
  std::string path;                  // Its collections from the top down, as ToName takes them.
  std::vector<FieldOption> options;  // Flags of `create` and `update`.

  // What `create` makes the id of, when it names the parent only: an argument PERIOD that becomes the field
  // "period", or the field "date", that is today unless it is given.
  enum class IdFrom { kName, kPeriod, kDate };
  IdFrom id_from = IdFrom::kName;

  // The field with the member that the id is of, where there is one of the kind for each: "member".
  std::string member_field{};
};

// The argument that names what a command is about. A plan need not be named. Further ids may
// stand behind it as words of their own: "3.1 kickoff" is "3.1/kickoff".
struct NameArgument {
  std::string path;  // As ToName takes it.
  bool optional = false;
  bool in_words = true;

  void Declare(CLI::App& command, std::string& value) const;
};

// The parent of a list: what was named, or with "-" all that there are (in the plan). `path` is the parent's.
absl::StatusOr<std::string> ParentOrAll(Session& session, const std::string& given, const std::string& path);

void AddListFlags(CLI::App& command, std::string& filter, std::string& order_by);

// The full resource on JSON output, else what was done to it in a line.
void PrintWritten(Session& session, const std::string& done, const google::protobuf::Message& resource, bool dry_run);

// Options of `create` and `update`.
struct FieldFlags {
  std::string name;
  std::string period;
  std::string id;
  FieldTexts texts;
  WriteOptions write;
};

void DeclareCreate(CLI::App& command, const ResourceKind& kind, FieldFlags& flags);

// Sends the creation that the flags describe.
absl::Status SendCreate(Session& session, const ResourceKind& kind, const FieldFlags& flags, RequestType type,
                        google::protobuf::Message& created);

// Adds a command that sends a request with name, etag, request_id,
// validate_only and reason: `approve`, `delete`, `close` and so on. One with a date has --date; `fields` are flags for
// further fields of the request. `done` says what has happened then, for example "approved".
void AddVerb(CommandLine& line, CLI::App& parent, const CommandText& text, const std::string& done,
             const std::string& path, RequestType type, const std::vector<FieldOption>& fields = {});

// Lines that people should see below a resource, about what it depends on at the same moment; empty for none.
using Remarks = std::function<absl::StatusOr<std::string>(Session& session, const google::protobuf::Message& resource,
                                                          const std::string& as_of)>;

// Adds `show`.
void AddShow(CommandLine& line, CLI::App& parent, const CommandText& text, const std::string& path, RequestType type,
             const Remarks& remarks = nullptr);

// Adds `list` of what lies under something: `parent_path` names its collections, "plans" for a plan itself, and is
// empty for what lies under nothing. `columns` says what a row shows.
void AddList(CommandLine& line, CLI::App& parent, const CommandText& text, const std::string& parent_path,
             RequestType type, const std::vector<FieldColumn>& columns);

// Adds `update`.
void AddUpdate(CommandLine& line, CLI::App& parent, const CommandText& text, const ResourceKind& kind,
               RequestType type);

// Adds `create`, or `report` where that is said of it.
void AddCreate(CommandLine& line, CLI::App& parent, const CommandText& text, const ResourceKind& kind,
               RequestType type);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_RESOURCE_COMMANDS_H_
