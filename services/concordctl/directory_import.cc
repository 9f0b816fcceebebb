#include "services/concordctl/directory_import.h"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "services/concordctl/directory_sending.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

absl::StatusOr<DirectoryBytes> ReadFiles(const DirectoryPaths& paths) {
  DirectoryBytes bytes;
  for (const auto& [part, path] : paths) {
    std::ifstream file(path, std::ios::binary);
    bytes[part].assign(std::istreambuf_iterator<char>(file), {});
    if (!file.is_open() || file.bad()) return UsageError("the file {path} cannot be read", {{"path", path}});
  }
  return bytes;
}

// Reads all of a collection, what is deleted, too.
template <typename Response, typename Request, typename T>
absl::Status ListInto(Session& session, Request request, const char* words,
                      google::protobuf::RepeatedPtrField<T>* (Response::*rows_of)(),
                      google::protobuf::RepeatedPtrField<T>& rows) {
  session.ShowProgress(absl::StrCat("reading what is there: ", words));
  request.set_show_deleted(true);
  CONCORD_ASSIGN_OR_RETURN(Response response, session.ListAll<Response>(request));
  rows.Swap((response.*rows_of)());
  session.ShowProgress("");
  return absl::OkStatus();
}

template <typename Request>
Request OfAllCommittees() {
  Request request;
  request.set_parent("committees/-");
  return request;
}

// Reads what the files can change.
absl::StatusOr<DirectoryState> ReadState(Session& session, const DirectoryPaths& paths) {
  using namespace member::v1;  // NOLINT(google-build-using-namespace): of requests and answers of one service.
  DirectoryState state;
  const bool committees = paths.contains(DirectoryPart::kCommittees);
  const bool work_items = paths.contains(DirectoryPart::kWorkItems);
  if (committees || paths.contains(DirectoryPart::kMembers) || paths.contains(DirectoryPart::kGroups) ||
      paths.contains(DirectoryPart::kIncome)) {
    CONCORD_RETURN_IF_ERROR(
        ListInto(session, ListMembersRequest(), "members", &ListMembersResponse::mutable_members, state.members));
  }
  if (committees || work_items) {
    CONCORD_RETURN_IF_ERROR(ListInto(session, ListCommitteesRequest(), "committees",
                                     &ListCommitteesResponse::mutable_committees, state.committees));
  }
  if (committees) {
    CONCORD_RETURN_IF_ERROR(ListInto(session, OfAllCommittees<ListParticipationsRequest>(), "participations",
                                     &ListParticipationsResponse::mutable_participations, state.participations));
    CONCORD_RETURN_IF_ERROR(ListInto(session, OfAllCommittees<ListLiaisonsRequest>(), "liaisons",
                                     &ListLiaisonsResponse::mutable_liaisons, state.liaisons));
  }
  if (work_items) {
    CONCORD_RETURN_IF_ERROR(ListInto(session, OfAllCommittees<ListWorkItemsRequest>(), "work items",
                                     &ListWorkItemsResponse::mutable_work_items, state.work_items));
  }
  return state;
}

CommitteeNames NamesOf(const DirectoryState& state) {
  CommitteeNames names;
  for (const auto& committee : state.committees) {
    if (!committee.has_delete_time()) names[committee.reference()] = committee.name();
  }
  return names;
}

absl::StatusOr<Directory> ReadDirectoryFiles(const DirectoryPaths& paths, DirectoryReport& report) {
  CONCORD_ASSIGN_OR_RETURN(const DirectoryBytes bytes, ReadFiles(paths));
  Directory directory;
  DirectoryPart part{};
  const absl::Status read = ReadDirectory(bytes, directory, report, part);
  if (read.ok()) return directory;
  return UsageError("the file {path} {problem}", {{"path", paths.at(part)}, {"problem", std::string(read.message())}});
}

}  // namespace

absl::Status ImportDirectory(Session& session, const DirectoryImportOptions& options) {
  DirectoryReport report;
  CONCORD_ASSIGN_OR_RETURN(Directory directory, ReadDirectoryFiles(options.paths, report));
  CONCORD_ASSIGN_OR_RETURN(const DirectoryState state, ReadState(session, options.paths));
  // Else every committee would be made anew, as a body that is not in the list.
  if (!directory.projects.empty() && directory.committees.empty() && state.committees.empty()) {
    return UsageError("work items belong to committees, and there are none: give --committees, too");
  }
  PlaceProjects(NamesOf(state), directory, report);
  DirectoryDifference difference = FindDirectoryDifference(directory, state, options.day, report);
  if (!options.dry_run) {
    CONCORD_RETURN_IF_ERROR(SendDifference(session, options.reason, difference, report));
  }
  if (session.settings().json) {
    session.PrintJson(DirectoryResultJson(options, difference, report));
  } else {
    session.Print(DirectoryResultText(options, difference, report, session.surroundings().terminal));
  }
  if (report.rejected().empty()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, Reason("concord.ctl", "ROWS_REJECTED"),
                   "{rows} of the rows cannot be taken over; everything else {done}",
                   {{"rows", absl::StrCat(report.rejected().size())}, {"done", options.dry_run ? "can" : "was"}});
}

}  // namespace concord::ctl
