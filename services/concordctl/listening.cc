#include "services/concordctl/listening.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "common/status/error.h"
#include "concord/rpc/v1/error_reason.pb.h"
#include "grpcpp/client_context.h"
#include "services/concordctl/display_text.h"
#include "services/concordctl/requests.h"

namespace concord::ctl {
namespace {

constexpr int kFirstAttempts = 5;  // Before anything has come; after that it tries for ever.
constexpr absl::Duration kPause = absl::Milliseconds(200);
constexpr absl::Duration kPauseLimit = absl::Seconds(5);
constexpr absl::Duration kLook = absl::Milliseconds(50);  // Between looks at whether the user wants to stop.

// Cancels a call when the user wants to stop.
class Interrupter {
 public:
  Interrupter(const Surroundings& surroundings, grpc::ClientContext& context)
      : thread_([this, &surroundings, &context] {
          while (!over_) {
            if (surroundings.interrupted && surroundings.interrupted()) return context.TryCancel();
            absl::SleepFor(kLook);
          }
        }) {}
  ~Interrupter() {
    over_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> over_{false};
  std::thread thread_;
};

bool MayGoOn(const absl::Status& status) {
  return MayRetry(status) || absl::IsCancelled(status) || status.ok() ||
         HasReason(status, rpc::v1::ERROR_REASON_WATCH_TOO_SLOW) ||
         HasReason(status, rpc::v1::ERROR_REASON_WATCHES_EXHAUSTED);
}

}  // namespace

absl::Status KeepListening(Session& session, const std::string& service, const google::protobuf::Message& request,
                           google::protobuf::Message& message, absl::FunctionRef<void()> take) {
  Surroundings& around = session.surroundings();
  bool ever = false;
  for (int attempts = 1;; ++attempts) {
    bool came = false;
    absl::Status status;
    {
      grpc::ClientContext context;
      const Interrupter interrupter(around, context);
      const auto take_one = [&] {
        came = true;
        take();
      };
      status = session.channels.Listen(context, request, message, take_one, service);
    }
    if (around.interrupted && around.interrupted()) return absl::OkStatus();
    ever = ever || came;
    if (came) attempts = 1;
    if (!MayGoOn(status) || (!ever && attempts >= kFirstAttempts)) return status;
    if (came) around.err << "interrupted, going on: " << Printable(status.message()) << "\n";
    around.sleep(std::min(kPause * (1 << std::min(attempts - 1, 10)), kPauseLimit));
  }
}

}  // namespace concord::ctl
