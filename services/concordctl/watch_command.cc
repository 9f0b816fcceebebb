#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/json.h"
#include "services/concordctl/listening.h"
#include "services/concordctl/names.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

using google::protobuf::Message;
using ledger::v1::WatchedResource;
using ledger::v1::WatchResourcesRequest;
using ledger::v1::WatchResourcesResponse;

struct WatchOptions {
  std::string parent;
  std::string collections;
  std::string resume;
  bool no_state = false;
};

// Scopes that are no resources.
constexpr absl::string_view kScopes[] = {"catalog", "directory", "work"};

std::string TextOf(const Message& message, const char* field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  return descriptor == nullptr ? "" : FieldText(message, *descriptor);
}

// What a change did.
struct What {
  std::string word;     // "created", "changed", "deleted", "undeleted", "ended".
  std::string details;  // Which fields have changed.
};

What Compare(const Message* before, const Message& after) {
  const bool deleted = !TextOf(after, "delete_time").empty();
  if (before == nullptr || before->GetDescriptor() != after.GetDescriptor()) {
    if (deleted) return {"deleted", ""};
    return {TextOf(after, "create_time") == TextOf(after, "update_time") ? "created" : "changed", ""};
  }
  const bool was_deleted = !TextOf(*before, "delete_time").empty();
  if (deleted != was_deleted) return {deleted ? "deleted" : "undeleted", ""};
  std::vector<std::string> fields;
  for (const FieldChange& change : FindChanges(*before, after)) {
    if (change.field == "etag" || change.field == "update_time") continue;  // These change always.
    fields.push_back(change.field == "state" ? absl::StrCat("state ", change.before, " -> ", change.after)
                                             : change.field);
  }
  return {"changed", absl::StrJoin(fields, ", ")};
}

// Prints what comes, and remembers what is.
class Printer {
 public:
  Printer(Session& session, bool no_state, bool resumed) : session_(session), no_state_(no_state), live_(resumed) {}

  void Take(const WatchResourcesResponse& message) {
    for (const WatchedResource& row : message.resources()) Take(message, row);
    if (message.end_of_state()) live_ = true;
    token_ = message.resume_token();
    session_.surroundings().out << std::flush;
  }
  const std::string& token() const { return token_; }

 private:
  void Take(const WatchResourcesResponse& message, const WatchedResource& row) {
    std::unique_ptr<Message> after = row.has_resource() ? Unpacked(row.resource()) : nullptr;
    std::unique_ptr<Message>& known = known_[row.name()];
    What what{row.has_resource() ? "changed" : "ended", ""};
    if (after != nullptr) what = Compare(known.get(), *after);
    if (!live_) what = {"state", ""};
    if (live_ || !no_state_) Print(message, row.name(), what, after.get());
    known = std::move(after);
  }

  void Print(const WatchResourcesResponse& message, const std::string& name, const What& what, const Message* after) {
    const std::string time = TextOf(message.revision(), "commit_time");
    if (!session_.settings().json) {
      session_.Print(absl::StrCat(time, "  ", Printable(name), "  ", what.word, what.details.empty() ? "" : "  ",
                                  Printable(what.details), "\n"));
      return;
    }
    google::protobuf::Value line;
    auto& fields = *line.mutable_struct_value()->mutable_fields();
    fields["time"].set_string_value(time);
    fields["revision"].set_string_value(absl::StrCat(message.revision().revision()));
    fields["name"].set_string_value(name);
    fields["what"].set_string_value(what.word);
    if (after != nullptr) fields["resource"] = ToJsonValue(*after);
    session_.Print(ToJsonLine(line));
  }

  Session& session_;
  const bool no_state_;
  bool live_;  // The state has ended, or was never asked for.
  std::string token_;
  std::map<std::string, std::unique_ptr<Message>> known_;
};

absl::StatusOr<std::string> ParentOf(Session& session, const std::string& text) {
  if (IsFullName(text) || absl::c_linear_search(kScopes, text)) return text;
  if (text.empty()) return session.Plan();
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.Plan());
  if (absl::StartsWith(text, "objectives/") || absl::StartsWith(text, "actions/")) return absl::StrCat(plan, "/", text);
  return ToName(text, "plans/actions", plan);
}

absl::Status Watch(Session& session, const WatchOptions& options) {
  WatchResourcesRequest request;
  CONCORD_ASSIGN_OR_RETURN(*request.mutable_parent(), ParentOf(session, options.parent));
  for (absl::string_view collection : absl::StrSplit(options.collections, ',', absl::SkipEmpty())) {
    request.add_collections(std::string(collection));
  }
  request.set_resume_token(options.resume);
  // The reporting service knows all that is in a plan.
  const std::string service = absl::StartsWith(request.parent(), "plans/") ? "reporting" : ServiceOf(request.parent());
  Printer printer(session, options.no_state, !options.resume.empty());
  WatchResourcesResponse message;
  absl::Status status = KeepListening(session, service, request, message, [&] {
    printer.Take(message);
    if (!printer.token().empty()) request.set_resume_token(printer.token());
  });
  if (!request.resume_token().empty()) {
    session.surroundings().err << "to go on: --resume " << request.resume_token() << "\n";
  }
  return status;
}

}  // namespace

void AddWatchCommand(CommandLine& line) {
  line.Add<WatchOptions>(
      line.app(),
      {"watch", "Show what is, then every change as it comes, until Ctrl-C",
       "  concordctl watch\n"
       "  concordctl watch plans/iso-2011-2015 --collections actions,milestones --no-state\n"
       "  concordctl watch 3.1 --output json\n"
       "  concordctl watch directory --collections committees,participations --no-state\n"
       "  concordctl watch plans/iso-2011-2015 --resume TOKEN"},
      [](CLI::App& command, WatchOptions& options) {
        command
            .add_option("parent", options.parent,
                        "What to watch, with all under it: a full name, catalog, directory (members, committees, "
                        "ballots), work (work items), objectives/ID or the code of an action; absent: the plan")
            ->type_name("PARENT");
        command.add_option("--collections", options.collections, "Only these, for example actions,milestones")
            ->type_name("A,B");
        command.add_option("--resume", options.resume, "Go on from where a watch of the same ended")
            ->type_name("TOKEN");
        command.add_flag("--no-state", options.no_state, "Print only changes, not what is at the beginning");
      },
      Watch);
}

}  // namespace concord::ctl
