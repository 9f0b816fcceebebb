// The member service in memory, for tests: keeps what it is sent, and merges what is imported. It can be told to
// refuse.
#ifndef SERVICES_CONCORDCTL_DIRECTORY_FOR_TEST_H_
#define SERVICES_CONCORDCTL_DIRECTORY_FOR_TEST_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/status.h"
#include "services/concordctl/methods_for_test.h"

namespace concord::ctl {

class DirectoryForTest {
 public:
  void AddTo(MethodsForTest& methods);

  // A copy of what is held under a name; one without content if nothing is.
  template <typename T>
  T Get(const std::string& name) const {
    absl::MutexLock lock(&mutex_);
    const auto found = resources_.find(name);
    return found == resources_.end() ? T() : dynamic_cast<const T&>(*found->second);
  }

  // How many are held that lie in a collection, "participations".
  int CountOf(const std::string& collection) const;

  // How many resources each import had, in order, refused ones included.
  std::vector<int> batches() const;

  // Resources with this title are refused.
  void Refuse(const std::string& title);

  // Imports of more resources are too large.
  void LimitCommits(int resources);

  // So many imports succeed, and all after them are UNAVAILABLE.
  void BreakAfterImports(int count);

 private:
  using Message = google::protobuf::Message;

  // One of the methods of a type: "Import" of "WorkItem", whose rows are in the field "work_items".
  using Handler = grpc::Status (DirectoryForTest::*)(const std::string& field, const Message&, Message&);
  void Add(MethodsForTest& methods, const std::string& method, const std::string& field, Handler handler);

  grpc::Status GetOne(const std::string& field, const Message& request, Message& response);
  grpc::Status List(const std::string& field, const Message& request, Message& response);
  grpc::Status Create(const std::string& field, const Message& request, Message& response);
  grpc::Status Update(const std::string& field, const Message& request, Message& response);
  grpc::Status Import(const std::string& field, const Message& request, Message& response);

  grpc::Status CheckImport(const std::string& field, const Message& request) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  const Message& Merge(const Message& row) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::map<std::string, std::unique_ptr<Message>> resources_ ABSL_GUARDED_BY(mutex_);  // By name.
  int version_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<int> batches_ ABSL_GUARDED_BY(mutex_);
  std::string refused_title_ ABSL_GUARDED_BY(mutex_);
  int commit_limit_ ABSL_GUARDED_BY(mutex_) = 500;
  int imports_until_broken_ ABSL_GUARDED_BY(mutex_) = -1;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_DIRECTORY_FOR_TEST_H_
