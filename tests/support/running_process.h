// A program that a test starts and ends.
#ifndef TESTS_SUPPORT_RUNNING_PROCESS_H_
#define TESTS_SUPPORT_RUNNING_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace concord::testing {

// Not thread-safe. Ends its process, by its id, when destroyed; the kernel does so, too, when the
// thread that called Start ends, so that a test that crashes leaves nothing behind.
class RunningProcess {
 public:
  // `binary` is a path, or the name of a program on the PATH; `log_path` the file that its output and errors are
  // appended to.
  static absl::StatusOr<std::unique_ptr<RunningProcess>> Start(const std::string& binary,
                                                               const std::vector<std::string>& arguments,
                                                               const std::string& log_path);
  ~RunningProcess();
  RunningProcess(const RunningProcess&) = delete;
  RunningProcess& operator=(const RunningProcess&) = delete;

  void Signal(int number);

  // SIGSTOP, and waits until it is stopped (or has ended): from then on it does nothing more. SIGCONT ends it.
  void Freeze();

  // Waits for its end: the exit code, or 128 and the number of the signal that ended it.
  // DEADLINE_EXCEEDED with the last lines of its log.
  absl::StatusOr<int> WaitForExit(absl::Duration limit);

  // Whether it runs, as far as the kernel knows now.
  bool Running();

  std::string Log() const;
  std::string LastLogLines() const;  // At most 20.
  pid_t pid() const { return pid_; }

 private:
  RunningProcess(pid_t pid, std::string log_path) : pid_(pid), log_path_(std::move(log_path)) {}

  pid_t pid_;  // -1 once it has ended.
  int exit_code_ = -1;
  std::string log_path_;
};

// A program of this project, in the folder that $CONCORD_BIN names.
std::string BinaryPath(const std::string& name);

// A file of this project, in the folder that $CONCORD_SOURCE names.
std::string SourcePath(const std::string& path);

struct Finished {
  int exit_code = -1;
  std::string output;  // Errors included.
};

// Runs a program to its end. Errors of Start and WaitForExit.
absl::StatusOr<Finished> RunToEnd(const std::string& binary, const std::vector<std::string>& arguments,
                                  const std::string& folder, absl::Duration limit = absl::Seconds(20));

}  // namespace concord::testing

#endif  // TESTS_SUPPORT_RUNNING_PROCESS_H_
