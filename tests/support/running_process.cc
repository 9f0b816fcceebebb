#include "tests/support/running_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace concord::testing {
namespace {

constexpr size_t kLastLines = 20;

// Runs in the child, between fork and exec: only calls that are safe there.
[[noreturn]] void Become(const std::vector<char*>& arguments, const char* log_path, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);     // Ends it with the thread that started it.
  if (getppid() != parent) _exit(127);  // The parent ended before the line above.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int log = open(log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

std::string InFolderOf(const char* variable, const char* otherwise, const std::string& path) {
  const char* folder = getenv(variable);
  return absl::StrCat(folder != nullptr && *folder != '\0' ? folder : otherwise, "/", path);
}

}  // namespace

std::string BinaryPath(const std::string& name) { return InFolderOf("CONCORD_BIN", "build/release/bin", name); }

std::string SourcePath(const std::string& path) { return InFolderOf("CONCORD_SOURCE", ".", path); }

absl::StatusOr<std::unique_ptr<RunningProcess>> RunningProcess::Start(const std::string& binary,
                                                                      const std::vector<std::string>& arguments,
                                                                      const std::string& log_path) {
  const bool is_path = binary.find('/') != std::string::npos;
  if (is_path && access(binary.c_str(), X_OK) != 0)
    return absl::NotFoundError(absl::StrCat("there is no program ", binary));
  std::vector<std::string> words = {binary};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) return absl::InternalError(absl::StrCat("cannot fork: ", strerror(errno)));
  if (pid == 0) Become(pointers, log_path.c_str(), parent);
  return std::unique_ptr<RunningProcess>(new RunningProcess(pid, log_path));
}

RunningProcess::~RunningProcess() {
  if (!Running()) return;
  Signal(SIGKILL);  // A frozen one, too: it does nothing more.
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void RunningProcess::Signal(int number) {
  if (pid_ > 0) kill(pid_, number);
}

void RunningProcess::Freeze() {
  if (pid_ <= 0) return;
  kill(pid_, SIGSTOP);
  siginfo_t ignored;
  waitid(P_PID, static_cast<id_t>(pid_), &ignored, WSTOPPED | WEXITED | WNOWAIT);
}

bool RunningProcess::Running() {
  if (pid_ <= 0) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) != pid_) return true;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  pid_ = -1;
  return false;
}

absl::StatusOr<int> RunningProcess::WaitForExit(absl::Duration limit) {
  for (const absl::Time end = absl::Now() + limit; Running(); absl::SleepFor(absl::Milliseconds(2))) {
    if (absl::Now() > end) {
      return absl::DeadlineExceededError(
          absl::StrCat("process ", pid_, " did not end within ", absl::FormatDuration(limit), ":\n", LastLogLines()));
    }
  }
  return exit_code_;
}

std::string RunningProcess::Log() const {
  std::ifstream file(log_path_);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string RunningProcess::LastLogLines() const {
  const std::vector<std::string> lines = absl::StrSplit(Log(), '\n');
  const size_t first = lines.size() - std::min(lines.size(), kLastLines);
  return absl::StrJoin(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end(), "\n");
}

absl::StatusOr<Finished> RunToEnd(const std::string& binary, const std::vector<std::string>& arguments,
                                  const std::string& folder, absl::Duration limit) {
  const std::string log_path = absl::StrCat(folder, "/output");
  unlink(log_path.c_str());
  auto process = RunningProcess::Start(binary, arguments, log_path);
  if (!process.ok()) return process.status();
  auto exit_code = (*process)->WaitForExit(limit);
  if (!exit_code.ok()) return exit_code.status();
  return Finished{*exit_code, (*process)->Log()};
}

}  // namespace concord::testing
