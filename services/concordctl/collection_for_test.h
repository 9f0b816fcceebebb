// What the services for tests have in common: lists of resources that are created, changed and paged through.
#ifndef SERVICES_CONCORDCTL_COLLECTION_FOR_TEST_H_
#define SERVICES_CONCORDCTL_COLLECTION_FOR_TEST_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/aip/resource_name.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/status.h"
#include "services/concordctl/methods_for_test.h"
#include "services/concordctl/plan_model_for_test.h"
#include "services/concordctl/requests.h"
#include "services/concordctl/services_for_test.h"

namespace concord::ctl {

using google::protobuf::Message;
using grpc::Status;
using grpc::StatusCode;

// What stands in a field of a request.
template <typename T>
const T& PartOf(const Message& message, const std::string& field) {
  const auto* descriptor = message.GetDescriptor()->FindFieldByName(field);
  return dynamic_cast<const T&>(message.GetReflection()->GetMessage(message, descriptor));
}

inline Status NotFound(const std::string& name) { return {StatusCode::NOT_FOUND, "there is no " + name}; }

// Copies what the `update_mask` of a request names.
template <typename T>
void CopyFields(const Message& request, T from, T& to) {
  for (const std::string& path : PartOf<google::protobuf::FieldMask>(request, "update_mask").paths()) {
    const auto* field = T::descriptor()->FindFieldByName(path);
    to.GetReflection()->ClearField(&to, field);
    to.GetReflection()->SwapFields(&to, &from, {field});
  }
}

// A page of rows, into that field of the response: two at a time, so that paging is met by every test.
template <typename T>
void FillPage(const Message& request, const std::vector<T>& rows, const std::string& field, Message& response) {
  int begin = 0;
  if (!absl::SimpleAtoi(GetText(request, "page_token"), &begin)) begin = 0;
  const int end = std::min<int>(begin + 2, static_cast<int>(rows.size()));
  for (int i = begin; i < end; ++i) AddPart(response, field).CopyFrom(rows[i]);
  if (end < static_cast<int>(rows.size())) SetText(response, "next_page_token", absl::StrCat(end));
}

// Creates, updates, deletes and undeletes in one of the lists of the state.
template <typename T>
class Collection {
 public:
  explicit Collection(std::vector<T>& rows) : rows_(rows) {}

  Status Create(T resource, const std::string& name, const std::string& etag, bool repeated, T& response) {
    if (T* there = FindIn(rows_, name)) {
      response = *there;
      return repeated ? Status::OK : Status(StatusCode::ALREADY_EXISTS, name + " exists");
    }
    resource.set_name(name);
    resource.set_etag(etag);
    resource.set_uid("uid of " + name);
    rows_.push_back(resource);
    response = resource;
    return Status::OK;
  }

  template <typename Change>
  Status Modify(const std::string& name, const std::string& etag, const std::string& next_etag, bool repeated,
                T& response, const Change& change) {
    T* there = FindIn(rows_, name);
    if (there == nullptr) return NotFound(name);
    if (!repeated) {
      if (!etag.empty() && etag != there->etag()) return {StatusCode::ABORTED, "stale etag of " + name};
      change(*there);
      there->set_etag(next_etag);
    }
    response = *there;
    return Status::OK;
  }

 private:
  std::vector<T>& rows_;
};

template <typename T>
Status Find(std::vector<T> rows, const std::string& name, T& response) {
  const T* there = FindIn(rows, name);
  if (there == nullptr) return NotFound(name);
  response = *there;
  return Status::OK;
}

// Those of one parent, or with "-" of all; the deleted ones only if they are asked for.
template <typename T>
std::vector<T> Listed(const std::vector<T>& rows, const std::string& parent, bool show_deleted) {
  std::vector<T> listed;
  for (const T& row : rows) {
    const bool under = absl::EndsWith(parent, "/-") || aip::ParentOf(row.name()) == parent;
    if (under && (show_deleted || !row.has_delete_time())) listed.push_back(row);
  }
  std::sort(listed.begin(), listed.end(), [](const T& a, const T& b) { return a.name() < b.name(); });
  return listed;
}

// The standard methods of one of the lists of the state: T is its type, `collection` its name as in "plans/p/actions".
template <typename T>
class StandardMethodsForTest {
 public:
  StandardMethodsForTest(ServicesForTest& all, std::vector<T> PlanState::*rows, const std::string& collection)
      : all_(all), rows_(rows), collection_(collection), one_(FieldOf(T::descriptor())) {}

  void AddTo(MethodsForTest& methods) const {
    const auto add = [&](const std::string& verb, const std::string& suffix,
                         Status (Self::*method)(const Message&, Message&) const) {
      const std::string& type = T::descriptor()->name();
      const std::string name =
          absl::StrCat(T::descriptor()->file()->package(), ".", type, "Service/", verb, type, suffix);
      methods.Add(name, [self = *this, method](const Message& request, Message& response) {
        return (self.*method)(request, response);
      });
    };
    add("Get", "", &Self::Get);
    add("List", "s", &Self::List);
    add("Create", "", &Self::Create);
    add("BatchCreate", "s", &Self::BatchCreate);
    add("Update", "", &Self::Update);
    add("Delete", "", &Self::Delete);
    add("Undelete", "", &Self::Undelete);
  }

  // A method that changes the resource of a name.
  template <typename Change>
  Status Modify(const Message& request, Message& response, const Change& change) const {
    return ModifyNamed(request, GetText(request, "name"), GetText(request, "etag"), response, change);
  }

 private:
  using Self = StandardMethodsForTest;

  Status Get(const Message& request, Message& response) const {
    return Find(all_.state().*rows_, GetText(request, "name"), dynamic_cast<T&>(response));
  }

  Status List(const Message& request, Message& response) const {
    const auto* show_deleted = request.GetDescriptor()->FindFieldByName("show_deleted");
    FillPage(request,
             Listed(all_.state().*rows_, GetText(request, "parent"),
                    request.GetReflection()->GetBool(request, show_deleted)),
             collection_, response);
    return Status::OK;
  }

  Status Create(const Message& request, Message& response) const {
    return all_.DoWrite(request, [&](PlanState& state, const std::string& etag, bool repeated) {
      return CreateOne(request, state, etag, repeated, response);
    });
  }

  Status BatchCreate(const Message& request, Message& response) const {
    return all_.DoWrite(request, [&](PlanState& state, const std::string& etag, bool repeated) {
      const auto* field = request.GetDescriptor()->FindFieldByName("requests");
      Status status;
      for (int i = 0; i < request.GetReflection()->FieldSize(request, field) && status.ok(); ++i) {
        status = CreateOne(request.GetReflection()->GetRepeatedMessage(request, field, i), state, etag, repeated,
                           AddPart(response, collection_));
      }
      return status;
    });
  }

  Status CreateOne(const Message& request, PlanState& state, const std::string& etag, bool repeated,
                   Message& response) const {
    const std::string name =
        absl::StrCat(GetText(request, "parent"), "/", collection_, "/", GetText(request, one_ + "_id"));
    return Collection(state.*rows_).Create(PartOf<T>(request, one_), name, etag, repeated, dynamic_cast<T&>(response));
  }

  Status Update(const Message& request, Message& response) const {
    const T& wanted = PartOf<T>(request, one_);
    return ModifyNamed(request, wanted.name(), wanted.etag(), response,
                       [&](T& row) { CopyFields(request, wanted, row); });
  }

  Status Delete(const Message& request, Message& response) const {
    return Modify(request, response, [](T& row) { SetDeleted(row, true); });
  }

  Status Undelete(const Message& request, Message& response) const {
    return Modify(request, response, [](T& row) { SetDeleted(row, false); });
  }

  template <typename Change>
  Status ModifyNamed(const Message& request, const std::string& name, const std::string& etag, Message& response,
                     const Change& change) const {
    return all_.DoWrite(request, [&](PlanState& state, const std::string& next_etag, bool repeated) {
      return Collection(state.*rows_).Modify(name, etag, next_etag, repeated, dynamic_cast<T&>(response), change);
    });
  }

  ServicesForTest& all_;
  std::vector<T> PlanState::*rows_;
  std::string collection_;
  std::string one_;  // "progress_report".
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_COLLECTION_FOR_TEST_H_
