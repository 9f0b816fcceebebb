// What a command works with: the services, the output, the global flags.
#ifndef SERVICES_CONCORDCTL_SESSION_H_
#define SERVICES_CONCORDCTL_SESSION_H_

#include <functional>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "concord/type/moment.pb.h"
#include "google/protobuf/message.h"
#include "services/concordctl/channels.h"
#include "services/concordctl/failures.h"
#include "services/concordctl/retry.h"
#include "services/concordctl/table.h"

namespace concord::ctl {

// The world around the program, so that tests can bring their own.
struct Surroundings {
  std::ostream& out;
  std::ostream& err;
  std::istream& in;
  Terminal terminal;                            // Of `out`.
  bool shows_progress = false;                  // Whether `err` is a terminal.
  std::function<absl::Time()> now;              // For the deadlines of calls.
  Sleeper sleep;                                // Between attempts.
  std::function<std::string()> new_request_id;  // A new UUID at every call.
  // Whether the user wants what lasts to stop; absent: never. Called from any thread.
  std::function<bool()> interrupted = nullptr;
};

// The global flags.
struct Settings {
  std::vector<ServiceAddress> addresses = DefaultAddresses();
  bool json = false;
  absl::Duration timeout = absl::Seconds(10);  // Of one attempt.
  std::string plan;                            // Empty: the only one there is.
};

struct CallOptions {
  std::string service{};  // Whom to ask, as Channels takes it.
  RetryPolicy retry{};
};

// Not safe from several threads.
class Session {
 public:
  // `surroundings` must outlive the session.
  Session(const Settings& settings, Surroundings& surroundings)
      : channels(settings.addresses), settings_(settings), surroundings_(surroundings) {}

  const Settings& settings() const { return settings_; }
  Surroundings& surroundings() { return surroundings_; }

  // Calls the method whose request this is, repeatedly if it may succeed later. A request that takes an id and has
  // none is sent with one, the same in every attempt.
  absl::Status Call(const google::protobuf::Message& request, google::protobuf::Message& response,
                    const CallOptions& options = {});

  // The same where the type of the answer is known: Call<Plan>(request).
  template <typename Response>
  absl::StatusOr<Response> Call(const google::protobuf::Message& request, const CallOptions& options = {}) {
    Response response;
    absl::Status status = Call(request, response, options);
    if (!status.ok()) return status;
    return response;
  }

  // Calls a list method until the last page. The answer, empty before, then holds the rows of all pages and what the
  // last page was made from.
  absl::Status ListAll(const google::protobuf::Message& request, google::protobuf::Message& all,
                       const CallOptions& options = {});
  template <typename Response>
  absl::StatusOr<Response> ListAll(const google::protobuf::Message& request, const CallOptions& options = {}) {
    Response all;
    absl::Status status = ListAll(request, all, options);
    if (!status.ok()) return status;
    return all;
  }

  // The plan that is meant: --plan, or the only one there is, or USAGE with a
  // list of those that there are.
  absl::StatusOr<std::string> Plan();

  // `given`, or if that is empty as above.
  absl::StatusOr<std::string> PlanOr(const std::string& given);

  // The full name of `text`, which names one of `path` as ToName takes it; asks for the plan only if it is needed.
  absl::StatusOr<std::string> Name(absl::string_view text, absl::string_view path);

  // Prints a document or a text.
  void PrintJson(const google::protobuf::Message& message);
  void Print(absl::string_view text);
  void Print(const Table& table);

  // Shows how far something has come, where somebody is watching; the next one
  // overwrites it. An empty text takes it away.
  void ShowProgress(absl::string_view text);

  Channels channels;

 private:
  Settings settings_;
  Surroundings& surroundings_;
};

// RFC 3339, for example "2011-06-30T12:00:00Z", as a moment; an empty text is
// the present, an unset moment. USAGE if it is no time.
absl::StatusOr<type::Moment> ToMoment(const std::string& text);

// Sets `as_of` of a request, unless the text is empty.
absl::Status SetAsOf(const std::string& text, google::protobuf::Message& request);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_SESSION_H_
