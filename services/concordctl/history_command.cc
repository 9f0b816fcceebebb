#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/field_text.h"
#include "services/concordctl/names.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

using ledger::v1::ListResourceRevisionsRequest;
using ledger::v1::ListResourceRevisionsResponse;
using ledger::v1::ResourceRevision;

struct HistoryOptions {
  std::string name;
};

// Which fields a revision changed, compared with the one before it.
std::string WhatChanged(const ResourceRevision& revision, const ResourceRevision* before) {
  if (!revision.has_resource()) return "(ended)";
  if (before == nullptr || !before->has_resource()) return "(created)";
  const auto older = Unpacked(before->resource());
  const auto newer = Unpacked(revision.resource());
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

// What a short text may name, in the order in which it is tried.
constexpr const char* kPaths[] = {"plans/actions",
                                  "plans/objectives",
                                  "plans/objectives/indicators",
                                  "plans/objectives/indicators/measurements",
                                  "plans/actions/milestones",
                                  "plans/actions/progressReports",
                                  "plans/actions/contributions",
                                  "plans/actions/activities",
                                  "plans/actions/risks",
                                  "members",
                                  "committees",
                                  "committees/participations",
                                  "committees/experts",
                                  "committees/liaisons",
                                  "committees/workItems",
                                  "committees/workItems/adoptions",
                                  "ballots",
                                  "ballots/votes"};

// The names that a text may mean, best first; without a plan none in one.
std::vector<std::string> Candidates(const std::string& text, const absl::StatusOr<std::string>& plan) {
  std::vector<std::string> names;
  for (const char* path : kPaths) {
    if (IsInPlan(path) && !plan.ok()) continue;
    const auto name = ToName(text, path, plan.ok() ? *plan : "");
    if (name.ok()) names.push_back(*name);
  }
  return names;
}

absl::StatusOr<ListResourceRevisionsResponse> HistoryOf(Session& session, const std::string& name) {
  ListResourceRevisionsRequest request;
  request.set_name(name);
  return session.ListAll<ListResourceRevisionsResponse>(request, {.service = ServiceOf(name)});
}

// The history of the first of what a text may mean that there ever was.
absl::StatusOr<ListResourceRevisionsResponse> FindHistory(Session& session, const std::string& text) {
  if (IsFullName(text)) return HistoryOf(session, text);
  const absl::StatusOr<std::string> plan = session.Plan();
  if (absl::StartsWith(text, "objectives/") || absl::StartsWith(text, "actions/")) {
    CONCORD_RETURN_IF_ERROR(plan.status());
    return HistoryOf(session, absl::StrCat(*plan, "/", text));
  }
  const std::vector<std::string> names = Candidates(text, plan);
  if (names.empty()) return plan.ok() ? ToName(text, kPaths[0], *plan).status() : plan.status();
  // Perhaps it is of a plan that has to be named.
  absl::Status nothing = plan.status();
  for (const std::string& name : names) {
    absl::StatusOr<ListResourceRevisionsResponse> history = HistoryOf(session, name);
    if (!absl::IsNotFound(history.status())) return history;
    if (nothing.ok()) nothing = history.status();
  }
  return nothing;
}

absl::Status ShowHistory(Session& session, const HistoryOptions& options) {
  CONCORD_ASSIGN_OR_RETURN(const ListResourceRevisionsResponse history, FindHistory(session, options.name));
  if (session.settings().json) {
    session.PrintJson(history);
  } else {
    session.Print(ToTable(history));
  }
  return absl::OkStatus();
}

}  // namespace

void AddHistoryCommand(CommandLine& line) {
  line.Add<HistoryOptions>(
      line.app(),
      {"history", "Show who changed a plan, a committee or anything in them, when and why; newest first",
       "  concordctl history 3.1\n"
       "  concordctl history 3.1/kickoff\n"
       "  concordctl history 3.a/2012\n"
       "  concordctl history objectives/3\n"
       "  concordctl history 45020/1619\n"
       "  concordctl history members/1619\n"
       "  concordctl history plans/iso-2011-2015 --output json"},
      [](CLI::App& command, HistoryOptions& options) {
        command.add_option("name", options.name, "A full name, objectives/ID, or a short name of anything")
            ->required()
            ->type_name("NAME");
      },
      ShowHistory);
}

}  // namespace concord::ctl
