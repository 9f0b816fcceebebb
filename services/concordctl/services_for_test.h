// All services in memory, in this process: as much of their rules as the
// command line can meet. They can be told to fail.
#ifndef SERVICES_CONCORDCTL_SERVICES_FOR_TEST_H_
#define SERVICES_CONCORDCTL_SERVICES_FOR_TEST_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "google/protobuf/message.h"
#include "grpcpp/server.h"
#include "services/concordctl/directory_for_test.h"
#include "services/concordctl/methods_for_test.h"
#include "services/concordctl/plan_file.h"

namespace concord::ctl {

class ServicesForTest {
 public:
  ServicesForTest();
  ~ServicesForTest();

  // "127.0.0.1:PORT", the same for all services.
  const std::string& address() const { return address_; }

  // What is held; the plan of the last request counts, there is only one.
  PlanState state() const ABSL_LOCKS_EXCLUDED(mutex_);
  void SetState(PlanState state) ABSL_LOCKS_EXCLUDED(mutex_);

  // The next writes fail, in this order: after they were done ("lost answer") if
  // the code is UNAVAILABLE, else without being done.
  void FailNextWrites(std::vector<grpc::StatusCode> codes) ABSL_LOCKS_EXCLUDED(mutex_);

  // The next writes succeed, so many, and all after them are UNAVAILABLE.
  void BreakAfterWrites(int count) ABSL_LOCKS_EXCLUDED(mutex_);

  // What the member service holds.
  DirectoryForTest& directory() { return directory_; }

  // Request ids of all writes that arrived, in order.
  std::vector<std::string> request_ids() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Does a write, to the state and with the etag after it, unless it is to fail. `repeated`: its request id was there
  // before.
  using Write = std::function<grpc::Status(PlanState& state, const std::string& etag, bool repeated)>;
  grpc::Status DoWrite(const google::protobuf::Message& request, const Write& write) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void AddPlans();

  mutable absl::Mutex mutex_;
  PlanState state_ ABSL_GUARDED_BY(mutex_);
  int version_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<grpc::StatusCode> failures_ ABSL_GUARDED_BY(mutex_);
  int writes_until_broken_ ABSL_GUARDED_BY(mutex_) = -1;
  std::vector<std::string> request_ids_ ABSL_GUARDED_BY(mutex_);
  std::string address_;
  DirectoryForTest directory_;
  MethodsForTest methods_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_SERVICES_FOR_TEST_H_
