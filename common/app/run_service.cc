#include "common/app/run_service.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "common/app/application.h"

namespace concord::app {
namespace {

// As in sysexits.h.
constexpr int kUsage = 64;
constexpr int kUnavailable = 69;
constexpr int kUnfitStore = 78;

int Refuse(const std::string& service, const absl::Status& status, int code) {
  std::fprintf(stderr, "%s: %s\n", service.c_str(), std::string(status.message()).c_str());
  return code;
}

}  // namespace

int RunService(int argc, char** argv, ServiceDefinition definition) {
  const std::string name = definition.name;
  // Before the first thread, so that all inherit it: signals are only waited for below.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  // Debian's Abseil looks for lock cycles at every lock. The test programs, which do not come
  // through here, do that for us.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  auto configuration = ParseConfiguration(definition, argc, argv);
  if (absl::IsCancelled(configuration.status())) {
    std::fputs(std::string(configuration.status().message()).c_str(), stdout);
    return 0;
  }
  if (!configuration.ok()) return Refuse(name, configuration.status(), kUsage);
  auto application = Application::Listen(*std::move(configuration), std::move(definition));
  if (!application.ok()) return Refuse(name, application.status(), kUnavailable);

  absl::Status served;
  std::thread serving([&] {
    served = (*application)->Serve();
    if (!served.ok() && !absl::IsCancelled(served)) kill(getpid(), SIGTERM);
  });
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  (*application)->Stop();
  serving.join();
  if (!served.ok() && !absl::IsCancelled(served)) return Refuse(name, served, kUnfitStore);
  return 0;
}

}  // namespace concord::app
