#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/names.h"

namespace concord::ctl {
namespace {

using ledger::v1::ListResourceRevisionsRequest;
using ledger::v1::ListResourceRevisionsResponse;
using ledger::v1::ResourceRevision;

struct HistoryOptions {
  std::string name;
};

// The message inside, or nothing if there is none or this program does not know it.
std::unique_ptr<google::protobuf::Message> Unpack(const google::protobuf::Any& any) {
  const std::string type = any.type_url().substr(any.type_url().rfind('/') + 1);
  const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  const auto* prototype =
      descriptor == nullptr ? nullptr : google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
  if (prototype == nullptr) return nullptr;
  std::unique_ptr<google::protobuf::Message> message(prototype->New());
  if (!any.UnpackTo(message.get())) return nullptr;
  return message;
}

// Which fields a revision changed, compared with the one before it.
std::string WhatChanged(const ResourceRevision& revision, const ResourceRevision* before) {
  if (!revision.has_resource()) return "(ended)";
  if (before == nullptr || !before->has_resource()) return "(created)";
  const auto older = Unpack(before->resource());
  const auto newer = Unpack(revision.resource());
  if (older == nullptr || newer == nullptr || older->GetDescriptor() != newer->GetDescriptor()) return "";
  std::vector<std::string> fields;
  for (const FieldChange& change : FindChanges(*older, *newer)) {
    if (change.field == "etag" || change.field == "update_time") continue;  // These change always.
    fields.push_back(change.field == "state" ? absl::StrCat("state ", change.before, " -> ", change.after)
                                             : change.field);
  }
  return absl::StrJoin(fields, ", ");
}

Table ToTable(const ListResourceRevisionsResponse& response) {
  Table table({{"REVISION", Column::kNumber},
               {"TIME"},
               {"WHO", Column::kFlexible},
               {"METHOD"},
               {"CHANGED", Column::kFlexible},
               {"REASON", Column::kFlexible}});
  for (int i = 0; i < response.resource_revisions_size(); ++i) {
    const ResourceRevision& revision = response.resource_revisions(i);
    const ResourceRevision* before =
        i + 1 < response.resource_revisions_size() ? &response.resource_revisions(i + 1) : nullptr;
    table.AddRow({absl::StrCat(revision.revision()),
                  FieldText(revision, *ResourceRevision::descriptor()->FindFieldByName("commit_time")),
                  revision.principal(), revision.method().substr(revision.method().rfind('/') + 1),
                  WhatChanged(revision, before), revision.reason()});
  }
  return table;
}

// The names that a short text may mean, in the order in which they are tried.
absl::StatusOr<std::vector<std::string>> Candidates(Session& session, const std::string& text) {
  if (absl::StartsWith(text, "plans/")) return std::vector<std::string>{text};
  CONCORD_ASSIGN_OR_RETURN(const std::string plan, session.Plan());
  if (absl::StartsWith(text, "objectives/") || absl::StartsWith(text, "actions/")) {
    return std::vector<std::string>{absl::StrCat(plan, "/", text)};
  }
  std::vector<std::string> names;
  for (const char* path :
       {"actions", "objectives", "objectives/indicators", "objectives/indicators/measurements", "actions/milestones",
        "actions/progressReports", "actions/contributions", "actions/activities", "actions/risks"}) {
    const auto name = ToName(text, path, plan);
    if (name.ok()) names.push_back(*name);
  }
  if (names.empty()) return ToName(text, "actions", plan).status();
  return names;
}

absl::StatusOr<ListResourceRevisionsResponse> HistoryOf(Session& session, const std::string& name) {
  ListResourceRevisionsRequest request;
  request.set_name(name);
  const bool action = absl::StartsWith(name, PlanOf(name) + "/actions/");
  return session.ListAll<ListResourceRevisionsResponse>(request, {.service = action ? "action" : "objective"});
}

absl::Status ShowHistory(Session& session, const HistoryOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const std::vector<std::string> names, Candidates(session, options.name));
  absl::StatusOr<ListResourceRevisionsResponse> history = absl::NotFoundError("");
  for (size_t i = 0; i < names.size() && absl::IsNotFound(history.status()); ++i)
    history = HistoryOf(session, names[i]);
  CONCORD_RETURN_IF_ERROR(history.status());
  if (session.settings().json) {
    session.PrintJson(*history);
  } else {
    session.Print(ToTable(*history));
  }
  return absl::OkStatus();
}

}  // namespace

void AddHistoryCommand(CommandLine& line) {
  line.Add<HistoryOptions>(
      line.app(),
      {"history", "Show who changed a plan or anything in it, when and why; newest first",
       "  concordctl history 3.1\n"
       "  concordctl history 3.1/kickoff\n"
       "  concordctl history 3.a/2012\n"
       "  concordctl history objectives/3\n"
       "  concordctl history plans/iso-2011-2015 --output json"},
      [](CLI::App& command, HistoryOptions& options) {
        command.add_option("name", options.name, "A full name, objectives/ID, or a short name of anything in the plan")
            ->required()
            ->type_name("NAME");
      },
      ShowHistory);
}

}  // namespace concord::ctl
