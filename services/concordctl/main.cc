// The process around concordctl: streams, terminal, clock, randomness.
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "services/concordctl/command_line.h"

namespace {

concord::ctl::Terminal TerminalOfStdout() {
  concord::ctl::Terminal terminal;
  if (isatty(STDOUT_FILENO) == 0) return terminal;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) terminal.width = size.ws_col;
  const char* no_color = std::getenv("NO_COLOR");
  const char* type = std::getenv("TERM");
  terminal.colour = (no_color == nullptr || *no_color == '\0') && type != nullptr && std::string(type) != "dumb";
  return terminal;
}

// A random UUID (version 4).
std::string NewUuid() {
  std::random_device random;
  const auto half = [&] { return static_cast<uint64_t>(random()) << 32 | random(); };
  const uint64_t high = (half() & ~uint64_t{0xF000}) | 0x4000;
  const uint64_t low = (half() & ~(uint64_t{3} << 62)) | uint64_t{1} << 63;
  return absl::StrFormat("%08x-%04x-%04x-%04x-%012x", high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF, low >> 48,
                         low & 0xFFFFFFFFFFFF);
}

volatile std::sig_atomic_t interrupt_signals = 0;

// From the first question on, Ctrl-C ends nothing by itself.
bool Interrupted() {
  static const bool kInstalled = [] {
    const auto note = [](int) { interrupt_signals = 1; };
    std::signal(SIGINT, note);
    std::signal(SIGTERM, note);
    return true;
  }();
  return kInstalled && interrupt_signals != 0;
}

}  // namespace

int main(int argc, char** argv) {
  concord::ctl::Surroundings surroundings{
      std::cout, std::cerr,      std::cin, TerminalOfStdout(), isatty(STDERR_FILENO) != 0,
      absl::Now, absl::SleepFor, NewUuid,  Interrupted};
  const int code = concord::ctl::RunConcordctl({argv, argv + argc}, surroundings);
  std::cout.flush();
  if (code == concord::ctl::kDone && !std::cout) {
    std::cerr << "concordctl: the output could not be written\n";
    return concord::ctl::kUsage;
  }
  return code;
}
