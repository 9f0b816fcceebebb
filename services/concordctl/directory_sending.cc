#include "services/concordctl/directory_sending.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/aip/resource_name.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "services/concordctl/directory_comparison.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

using google::protobuf::Message;

// A commit has at most 500 resources and 1 MiB.
constexpr size_t kCommitRows = 500;
constexpr size_t kCommitBytes = 900 << 10;

// How a collection is imported.
struct ImportCall {
  RequestType type;
  const char* field;  // With the resources, in request and answer.
};

ImportCall CallOf(DirectoryCollection collection) {
  switch (collection) {
    case DirectoryCollection::kMembers:
      return {member::v1::ImportMembersRequest::descriptor(), "members"};
    case DirectoryCollection::kCommittees:
      return {member::v1::ImportCommitteesRequest::descriptor(), "committees"};
    case DirectoryCollection::kParticipations:
      return {member::v1::ImportParticipationsRequest::descriptor(), "participations"};
    case DirectoryCollection::kLiaisons:
      return {member::v1::ImportLiaisonsRequest::descriptor(), "liaisons"};
    case DirectoryCollection::kWorkItems:
      return {member::v1::ImportWorkItemsRequest::descriptor(), "work_items"};
  }
  return {};
}

// What an error says of rows of the request, by their index: "members[3].title" and what is wrong with it. Empty if it
// is no error of rows, which are all that can be refused without refusing the rest.
std::map<size_t, std::string> RowsRefused(const absl::Status& status, absl::string_view field) {
  std::map<size_t, std::string> refused;
  const auto add = [&](absl::string_view place, absl::string_view problem) {
    size_t index = 0;
    if (!absl::ConsumePrefix(&place, absl::StrCat(field, "["))) return;
    const size_t end = place.find(']');
    if (end == absl::string_view::npos || !absl::SimpleAtoi(place.substr(0, end), &index)) return;
    place.remove_prefix(end + 1);
    absl::ConsumePrefix(&place, ".");
    std::string& text = refused[index];
    absl::StrAppend(&text, text.empty() ? "" : "; ", place, place.empty() ? "" : ": ", problem);
  };
  for (const auto& [place, problem] : ViolationsOf(status)) add(place, problem);
  const bool others_may_go = absl::IsFailedPrecondition(status) || absl::IsNotFound(status) ||
                             absl::IsAlreadyExists(status) || absl::IsInvalidArgument(status);
  if (refused.empty() && others_may_go) {
    const std::string place = MetadataOf(status, "request");
    add(place, absl::StripPrefix(status.message(), absl::StrCat(place, ": ")));
  }
  return refused;
}

bool IsTooLarge(const absl::Status& status) { return HasReason(status, rpc::v1::ERROR_REASON_CHANGE_TOO_LARGE); }

class Sender {
 public:
  Sender(Session& session, const std::string& reason, DirectoryDifference& difference, DirectoryReport& report)
      : session_(session), reason_(reason), difference_(difference), report_(report) {}

  absl::Status SendPhase(DirectoryPhase& phase) {
    const std::string words = WordsOf(phase.collection);
    for (size_t begin = 0; begin < phase.rows.size();) {
      session_.ShowProgress(absl::StrCat(words, ": ", begin, " of ", phase.rows.size()));
      const size_t end = EndOfBatch(phase.rows, begin);
      std::vector<Outgoing*> batch;
      for (size_t i = begin; i < end; ++i) batch.push_back(&phase.rows[i]);
      const absl::Status sent = SendBatch(phase.collection, std::move(batch));
      if (!sent.ok()) return Stopped(sent, words, begin, phase.rows.size());
      begin = end;
    }
    session_.ShowProgress("");
    return absl::OkStatus();
  }

 private:
  static std::string NameOf(const Outgoing& row) { return GetText(*row.resource, "name"); }

  // As many as fit into a commit. What belongs to one committee stays together where that is possible: so an import
  // that was cut off finds all of it there, or nothing.
  static size_t EndOfBatch(const std::vector<Outgoing>& rows, size_t begin) {
    size_t end = begin;
    size_t together = begin;
    size_t bytes = 0;
    const auto begins_another = [&](size_t i) { return TopOfName(NameOf(rows[i])) != TopOfName(NameOf(rows[i - 1])); };
    for (; end < rows.size() && end - begin < kCommitRows; ++end) {
      bytes += rows[end].bytes;
      if (end > begin && bytes > kCommitBytes) break;
      if (end > begin && begins_another(end)) together = end;
    }
    const bool is_whole = end == rows.size() || begins_another(end);
    return is_whole || together == begin ? end : together;
  }

  absl::Status SendBatch(DirectoryCollection collection, std::vector<Outgoing*> batch) {
    const ImportCall call = CallOf(collection);
    while (!batch.empty()) {
      const std::unique_ptr<Message> request = RequestOf(call, batch);
      if (batch.empty()) break;  // All of them were rejected before.
      const std::unique_ptr<Message> response = NewResponse(call.type);
      absl::Status status = session_.Call(*request, *response);
      if (status.ok()) {
        TakeAnswers(collection, call, *response);
        return absl::OkStatus();
      }
      if (IsTooLarge(status) && batch.size() > 1) return SendHalves(collection, batch);
      std::map<size_t, std::string> refused = RowsRefused(status, call.field);
      if (IsTooLarge(status)) refused[0] = std::string(status.message());
      if (refused.empty()) return status;
      if (!Reject(collection, refused, batch)) return status;
    }
    return absl::OkStatus();
  }

  // The service knows better how large a commit is.
  absl::Status SendHalves(DirectoryCollection collection, const std::vector<Outgoing*>& batch) {
    const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
    CONCORD_RETURN_IF_ERROR(SendBatch(collection, {batch.begin(), middle}));
    return SendBatch(collection, {middle, batch.end()});
  }

  std::unique_ptr<Message> RequestOf(const ImportCall& call, std::vector<Outgoing*>& batch) {
    // What was refused before is not sent a second time with other fields.
    batch.erase(std::remove_if(batch.begin(), batch.end(),
                               [&](const Outgoing* row) { return rejected_.contains(NameOf(*row)); }),
                batch.end());
    std::unique_ptr<Message> request = NewMessage(call.type);
    for (const Outgoing* row : batch) {
      Message& resource = AddPart(*request, call.field);
      resource.CopyFrom(*row->resource);
      const auto known = etags_.find(NameOf(*row));
      if (known != etags_.end()) SetText(resource, "etag", known->second);
    }
    SetText(*request, "reason", reason_);
    return request;
  }

  void TakeAnswers(DirectoryCollection collection, const ImportCall& call, const Message& response) {
    const auto* field = response.GetDescriptor()->FindFieldByName(call.field);
    for (int i = 0; i < response.GetReflection()->FieldSize(response, field); ++i) {
      const Message& resource = response.GetReflection()->GetRepeatedMessage(response, field, i);
      const std::string name = GetText(resource, "name");
      // Committees are sent again with their secretariats.
      if (collection == DirectoryCollection::kCommittees) etags_[name] = GetText(resource, "etag");
      const auto* findings = resource.GetDescriptor()->FindFieldByName("findings");
      std::vector<std::string> reasons;
      reasons.reserve(static_cast<size_t>(resource.GetReflection()->FieldSize(resource, findings)));
      for (int j = 0; j < resource.GetReflection()->FieldSize(resource, findings); ++j) {
        reasons.push_back(GetText(resource.GetReflection()->GetRepeatedMessage(resource, findings, j), "reason"));
      }
      difference_.findings[collection][name] = std::move(reasons);
    }
  }

  // Takes what was refused out of the batch. Whether anything was.
  bool Reject(DirectoryCollection collection, const std::map<size_t, std::string>& refused,
              std::vector<Outgoing*>& batch) {
    std::vector<Outgoing*> rest;
    for (size_t i = 0; i < batch.size(); ++i) {
      const auto problem = refused.find(i);
      if (problem == refused.end()) {
        rest.push_back(batch[i]);
        continue;
      }
      const std::string name = NameOf(*batch[i]);
      rejected_.insert(name);
      difference_.counts[collection].Count(batch[i]->fate, -1);
      report_.Reject({batch[i]->origin, collection, IdsOfName(name), problem->second});
    }
    const bool any = rest.size() < batch.size();
    batch = std::move(rest);
    return any;
  }

  absl::Status Stopped(const absl::Status& status, const std::string& words, size_t done, size_t all) {
    session_.ShowProgress("");
    if (!session_.settings().json) {
      session_.surroundings().err << "stopped at " << words << ", after " << done << " of " << all
                                  << "; the import can be repeated and will go on from there\n";
    }
    return status;
  }

  Session& session_;
  const std::string& reason_;
  DirectoryDifference& difference_;
  DirectoryReport& report_;
  absl::flat_hash_map<std::string, std::string> etags_;  // After our own writes.
  absl::flat_hash_set<std::string> rejected_;
};

}  // namespace

absl::Status SendDifference(Session& session, const std::string& reason, DirectoryDifference& difference,
                            DirectoryReport& report) {
  Sender sender(session, reason, difference, report);
  for (DirectoryPhase& phase : difference.phases) CONCORD_RETURN_IF_ERROR(sender.SendPhase(phase));
  return absl::OkStatus();
}

}  // namespace concord::ctl
