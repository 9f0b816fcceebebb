#include "services/concordctl/directory_for_test.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/aip/resource_name.h"
#include "common/status/error.h"
#include "concord/member/v1/adoption_service.pb.h"
#include "concord/member/v1/ballot_service.pb.h"
#include "concord/member/v1/committee_service.pb.h"
#include "concord/member/v1/member_service.pb.h"
#include "concord/member/v1/work_programme_service.pb.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "google/rpc/status.pb.h"
#include "services/concordctl/collection_for_test.h"

namespace concord::ctl {
namespace {

using google::protobuf::FieldDescriptor;

Status ToGrpcStatus(const absl::Status& status) {
  google::rpc::Status details;
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    auto& detail = *details.add_details();
    detail.set_type_url(std::string(url));
    detail.set_value(std::string(payload));
  });
  return {static_cast<StatusCode>(status.code()), std::string(status.message()), details.SerializeAsString()};
}

int RowsIn(const Message& request, const std::string& field) {
  return request.GetReflection()->FieldSize(request, request.GetDescriptor()->FindFieldByName(field));
}

const Message& RowOf(const Message& request, const std::string& field, int index) {
  return request.GetReflection()->GetRepeatedMessage(request, request.GetDescriptor()->FindFieldByName(field), index);
}

const Message& PartIn(const Message& request, const std::string& field) {
  return request.GetReflection()->GetMessage(request, request.GetDescriptor()->FindFieldByName(field));
}

// "work_item" of CreateWorkItemRequest.
std::string ResourceField(const Message& request) {
  for (int i = 0; i < request.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = request.GetDescriptor()->field(i);
    const bool is_resource = field->type() == FieldDescriptor::TYPE_MESSAGE && !field->is_repeated() &&
                             field->message_type()->FindFieldByName("uid") != nullptr;
    if (is_resource) return field->name();
  }
  return "";
}

// Puts the fields that are set in `from` in the place of those of `to`.
void Replace(const Message& from, Message& to) {
  std::vector<const FieldDescriptor*> fields;
  from.GetReflection()->ListFields(from, &fields);
  for (const FieldDescriptor* field : fields) to.GetReflection()->ClearField(&to, field);
  to.MergeFrom(from);
}

}  // namespace

void DirectoryForTest::Add(MethodsForTest& methods, const std::string& method, const std::string& field,
                           Handler handler) {
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      absl::StrCat("concord.member.v1.", method, "Request"));
  const auto* descriptor = MethodOf(type);
  methods.Add(absl::StrCat(descriptor->service()->full_name(), "/", method),
              [this, field, handler](const Message& request, Message& response) {
                return (this->*handler)(field, request, response);
              });
}

void DirectoryForTest::AddTo(MethodsForTest& methods) {
  struct Collection {
    std::string one;
    std::string many;
    std::string field;
  };
  for (const auto& [one, many, field] : std::vector<Collection>{{"Member", "Members", "members"},
                                                                {"Committee", "Committees", "committees"},
                                                                {"Participation", "Participations", "participations"},
                                                                {"ExpertDelegation", "Experts", "experts"},
                                                                {"Liaison", "Liaisons", "liaisons"},
                                                                {"WorkItem", "WorkItems", "work_items"},
                                                                {"Adoption", "Adoptions", "adoptions"},
                                                                {"Ballot", "Ballots", "ballots"},
                                                                {"Vote", "Votes", "votes"}}) {
    Add(methods, "Get" + one, field, &DirectoryForTest::GetOne);
    Add(methods, "List" + many, field, &DirectoryForTest::List);
    Add(methods, "Create" + one, field, &DirectoryForTest::Create);
    Add(methods, "Update" + one, field, &DirectoryForTest::Update);
    if (field != "ballots" && field != "votes") Add(methods, "Import" + many, field, &DirectoryForTest::Import);
  }
  methods.Add(std::function([this](const member::v1::AdvanceWorkItemRequest& request, member::v1::WorkItem& response) {
    response = Get<member::v1::WorkItem>(request.name());
    response.set_stage(request.stage());
    return Status::OK;
  }));
  methods.Add(std::function([](const member::v1::GetVotingDutyRequest& request, member::v1::VotingDuty& response) {
    response.set_committee(request.committee());
    *response.mutable_date() = request.date();
    auto& one = *response.add_members();
    one.set_member("members/1619");
    one.set_standing(member::v1::MemberVotingDuty::STANDING_BROKEN);
    one.set_major_ballot_count(3);
    one.set_major_missed_count(2);
    one.add_missed_ballots("ballots/a");
    one.add_due_ballots("ballots/b");
    return Status::OK;
  }));
}

Status DirectoryForTest::GetOne(const std::string& /*field*/, const Message& request, Message& response) {
  absl::MutexLock lock(&mutex_);
  const auto found = resources_.find(GetText(request, "name"));
  if (found == resources_.end()) return NotFound(GetText(request, "name"));
  response.CopyFrom(*found->second);
  return Status::OK;
}

Status DirectoryForTest::List(const std::string& field, const Message& request, Message& response) {
  absl::MutexLock lock(&mutex_);
  const auto* type = response.GetDescriptor()->FindFieldByName(field)->message_type();
  const std::string parent = HasField(request, "parent") ? GetText(request, "parent") : "";
  for (const auto& [name, resource] : resources_) {
    const bool under = absl::EndsWith(parent, "/-") || aip::ParentOf(name) == parent;
    if (under && resource->GetDescriptor() == type) AddPart(response, field).CopyFrom(*resource);
  }
  return Status::OK;
}

Status DirectoryForTest::Create(const std::string& field, const Message& request, Message& response) {
  const std::string one = ResourceField(request);
  const std::string parent = HasField(request, "parent") ? GetText(request, "parent") + "/" : "";
  const std::string collection = field == "work_items" ? "workItems" : field;
  response.CopyFrom(PartIn(request, one));
  SetText(response, "name", absl::StrCat(parent, collection, "/", GetText(request, one + "_id")));
  absl::MutexLock lock(&mutex_);
  response.CopyFrom(Merge(response));
  return Status::OK;
}

Status DirectoryForTest::Update(const std::string& /*field*/, const Message& request, Message& response) {
  absl::MutexLock lock(&mutex_);
  response.CopyFrom(Merge(PartIn(request, ResourceField(request))));
  return Status::OK;
}

Status DirectoryForTest::CheckImport(const std::string& field, const Message& request) {
  const int rows = RowsIn(request, field);
  if (rows > commit_limit_) {
    return ToGrpcStatus(MakeError(absl::StatusCode::kResourceExhausted, rpc::v1::ERROR_REASON_CHANGE_TOO_LARGE,
                                  "{rows} resources are too many", {{"rows", absl::StrCat(rows)}}));
  }
  Violations violations;
  for (int i = 0; i < rows; ++i) {
    const Message& row = RowOf(request, field, i);
    const std::string place = absl::StrCat(field, "[", i, "]");
    if (!refused_title_.empty() && GetText(row, "title") == refused_title_) {
      violations.Add(place + ".title", "is not liked");
    }
    const auto there = resources_.find(GetText(row, "name"));
    const std::string etag = GetText(row, "etag");
    if (there == resources_.end() || etag.empty() || etag == GetText(*there->second, "etag")) continue;
    return ToGrpcStatus(
        AtPlace(MakeError(absl::StatusCode::kAborted, rpc::v1::ERROR_REASON_ETAG_MISMATCH, "it has moved on"), place));
  }
  return ToGrpcStatus(violations.ToStatus());
}

Status DirectoryForTest::Import(const std::string& field, const Message& request, Message& response) {
  absl::MutexLock lock(&mutex_);
  batches_.push_back(RowsIn(request, field));
  if (imports_until_broken_ == 0) return {StatusCode::UNAVAILABLE, "broken"};
  if (imports_until_broken_ > 0) --imports_until_broken_;
  if (Status status = CheckImport(field, request); !status.ok()) return status;
  for (int i = 0; i < RowsIn(request, field); ++i) AddPart(response, field).CopyFrom(Merge(RowOf(request, field, i)));
  return Status::OK;
}

const Message& DirectoryForTest::Merge(const Message& row) {
  std::unique_ptr<Message>& there = resources_[GetText(row, "name")];
  if (there == nullptr) there.reset(row.New());
  Replace(row, *there);
  SetText(*there, "etag", absl::StrCat("etag-", ++version_));
  if (auto* liaison = dynamic_cast<member::v1::Liaison*>(there.get())) {
    liaison->clear_findings();
    const bool dangles = resources_.find(liaison->counterpart()) == resources_.end();
    if (dangles) liaison->add_findings()->set_reason("REFERENCE_BROKEN");
  }
  return *there;
}

int DirectoryForTest::CountOf(const std::string& collection) const {
  absl::MutexLock lock(&mutex_);
  return static_cast<int>(std::count_if(resources_.begin(), resources_.end(), [&](const auto& one) {
    const std::vector<std::string> pieces = absl::StrSplit(one.first, '/');
    return pieces[pieces.size() - 2] == collection;
  }));
}

std::vector<int> DirectoryForTest::batches() const {
  absl::MutexLock lock(&mutex_);
  return batches_;
}

void DirectoryForTest::Refuse(const std::string& title) {
  absl::MutexLock lock(&mutex_);
  refused_title_ = title;
}

void DirectoryForTest::LimitCommits(int resources) {
  absl::MutexLock lock(&mutex_);
  commit_limit_ = resources;
}

void DirectoryForTest::BreakAfterImports(int count) {
  absl::MutexLock lock(&mutex_);
  imports_until_broken_ = count;
}

}  // namespace concord::ctl
