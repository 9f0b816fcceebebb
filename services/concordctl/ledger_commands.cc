#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/status/macros.h"
#include "concord/ledger/v1/ledger_service.pb.h"
#include "concord/objective/v1/plan.pb.h"
#include "grpcpp/client_context.h"
#include "services/concordctl/commands.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/json.h"
#include "services/concordctl/names.h"

namespace concord::ctl {
namespace {

using ledger::v1::VerifyScopeRequest;
using ledger::v1::VerifyScopeResponse;

struct VerifyOptions {
  std::vector<std::string> scopes;
  std::vector<std::string> anchors;
};

constexpr size_t kDigestDigits = 40;
constexpr size_t kDigestPiece = 16;  // Fewer prove too little.

// One scope with the last message about it.
struct Verification {
  std::string scope;
  VerifyScopeResponse outcome;
};

// "17:0123456789abcdef".
absl::StatusOr<ledger::v1::Anchor> ToAnchor(const std::string& text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  ledger::v1::Anchor anchor;
  int64_t revision = 0;
  const std::string digest = absl::AsciiStrToLower(parts.second);
  if (!absl::SimpleAtoi(parts.first, &revision) || revision < 1 || digest.size() < kDigestPiece ||
      digest.size() > kDigestDigits || digest.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return UsageError("--anchor {anchor} is not REVISION:DIGEST, with 16 to 40 hexadecimal digits", {{"anchor", text}});
  }
  anchor.set_revision(revision);
  anchor.set_digest(digest);
  return anchor;
}

// The ledgers of the member service. Nothing registers them: that there are none yet is no damage, unless they are
// named.
constexpr const char* kUnregistered[] = {"directory", "work"};

// A long ledger takes long: there is no deadline.
absl::StatusOr<VerifyScopeResponse> Verify(Session& session, VerifyScopeRequest request) {
  const std::string& scope = request.scope();
  VerifyScopeResponse message;
  const absl::Status status = CallWithRetry({}, session.surroundings().sleep, [&] {
    grpc::ClientContext context;
    message.Clear();
    const auto show = [&] {
      session.ShowProgress(absl::StrCat(scope, ": revision ", message.revision(), " of ", message.head_revision()));
    };
    return session.channels.Listen(context, request, message, show, ServiceOf(scope));
  });
  session.ShowProgress("");
  CONCORD_RETURN_IF_ERROR(status);
  if (!message.finished()) return absl::UnavailableError(absl::StrCat("the verification of ", scope, " ended early"));
  return message;
}

// The catalog, and every plan that it registers: a list of plans would leave out those whose ledger is gone.
absl::StatusOr<std::vector<std::string>> AllScopes(Session& session) {
  ledger::v1::WatchResourcesRequest request;
  request.set_parent("catalog");
  std::vector<std::string> scopes;
  const absl::Status status = CallWithRetry({}, session.surroundings().sleep, [&] {
    scopes = {"catalog"};
    bool complete = false;
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(session.surroundings().now() + session.settings().timeout));
    ledger::v1::WatchResourcesResponse message;
    const auto take = [&] {
      objective::v1::PlanRegistration registration;
      for (const auto& row : message.resources()) {
        if (!complete && row.resource().UnpackTo(&registration)) scopes.push_back(registration.plan());
      }
      complete = complete || message.end_of_state();
      if (complete) context.TryCancel();  // What changes from now on is not asked for.
    };
    absl::Status listened = session.channels.Listen(context, request, message, take, "objective");
    if (complete) return absl::OkStatus();
    return listened.ok() ? absl::UnavailableError("the catalog ended early") : listened;
  });
  CONCORD_RETURN_IF_ERROR(status);
  return scopes;
}

// Adds those of the ledgers that nothing registers that there are.
absl::Status VerifyUnregistered(Session& session, std::vector<Verification>& verifications) {
  for (const char* scope : kUnregistered) {
    VerifyScopeRequest request;
    request.set_scope(scope);
    CONCORD_ASSIGN_OR_RETURN(VerifyScopeResponse outcome, Verify(session, request));
    if (outcome.head_revision() > 0) verifications.push_back({scope, std::move(outcome)});
  }
  return absl::OkStatus();
}

void PrintTable(Session& session, const std::vector<Verification>& verifications) {
  Table table({{"SCOPE"}, {"REVISION", Column::kNumber}, {"RESOURCES", Column::kNumber}, {"RESULT"}, {"DIGEST"}});
  for (const auto& [scope, outcome] : verifications) {
    const bool sound = outcome.findings().empty();
    const bool missing = !sound && outcome.head_revision() == 0;
    table.AddRow({scope,
                  absl::StrCat(outcome.revision()),
                  absl::StrCat(outcome.resource_count()),
                  {sound     ? "sound"
                   : missing ? "MISSING"
                             : "DAMAGED",
                   sound ? Tone::kGood : Tone::kBad},
                  outcome.digest()});
  }
  session.Print(table);
  for (const auto& [scope, outcome] : verifications) {
    for (const std::string& finding : outcome.findings()) {
      session.Print(absl::StrCat(Printable(scope), ": ", Printable(finding), "\n"));
    }
  }
}

void PrintJson(Session& session, const std::vector<Verification>& verifications) {
  google::protobuf::Struct document;
  auto& list = *(*document.mutable_fields())["verifications"].mutable_list_value();
  for (const auto& [scope, outcome] : verifications) {
    google::protobuf::Value& value = *list.add_values();
    value = ToJsonValue(outcome);
    (*value.mutable_struct_value()->mutable_fields())["scope"].set_string_value(scope);
    (*value.mutable_struct_value()->mutable_fields())["sound"].set_bool_value(outcome.findings().empty());
  }
  session.PrintJson(document);
}

absl::Status VerifyAll(Session& session, const VerifyOptions& options) {
  std::vector<std::string> scopes = options.scopes;
  VerifyScopeRequest request;
  if (!options.anchors.empty() && scopes.size() != 1) return UsageError("an anchor is of one ledger: name just that");
  for (const std::string& text : options.anchors) {
    CONCORD_ASSIGN_OR_RETURN(*request.add_anchors(), ToAnchor(text));
  }
  const bool all = scopes.empty();
  if (all) {
    CONCORD_ASSIGN_OR_RETURN(scopes, AllScopes(session));
  }
  std::vector<Verification> verifications;
  for (const std::string& scope : scopes) {
    request.set_scope(scope);
    CONCORD_ASSIGN_OR_RETURN(VerifyScopeResponse outcome, Verify(session, request));
    verifications.push_back({scope, std::move(outcome)});
  }
  // Said at the end, for the ledgers of a plan are worth knowing about without the member service.
  absl::Status rest = all ? VerifyUnregistered(session, verifications) : absl::OkStatus();
  const auto damaged = std::count_if(verifications.begin(), verifications.end(),
                                     [](const Verification& one) { return !one.outcome.findings().empty(); });
  if (session.settings().json) {
    PrintJson(session, verifications);
  } else {
    PrintTable(session, verifications);
  }
  if (damaged == 0) return rest;
  return DamagedError("{damaged} of {verified} ledgers did not pass the verification",
                      {{"damaged", absl::StrCat(damaged)}, {"verified", absl::StrCat(verifications.size())}});
}

}  // namespace

void AddLedgerCommands(CommandLine& line) {
  CLI::App& group = line.AddGroup("ledger", "The record itself");
  line.Add<VerifyOptions>(
      group,
      {"verify",
       "Fold the whole log again, check its digests, compare with the state; exit code 4 if damaged or missing",
       "  concordctl ledger verify\n"
       "  concordctl ledger verify catalog plans/iso-2011-2015 --output json\n"
       "  concordctl ledger verify plans/iso-2011-2015 --anchor 1204:8f3a51c09b7e2d46"},
      [](CLI::App& command, VerifyOptions& options) {
        command
            .add_option("scope", options.scopes,
                        "catalog, directory, work, or a plan's name; default: all of them that there are")
            ->type_name("SCOPE");
        command
            .add_option(
                "--anchor", options.anchors,
                "A revision and its digest as noted elsewhere, which must be in the log of the one SCOPE; may be "
                "repeated")
            ->type_name("REVISION:DIGEST");
      },
      VerifyAll);
}

}  // namespace concord::ctl
