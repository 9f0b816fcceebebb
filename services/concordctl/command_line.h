// The tree of commands and its global flags.
#ifndef SERVICES_CONCORDCTL_COMMAND_LINE_H_
#define SERVICES_CONCORDCTL_COMMAND_LINE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "services/concordctl/session.h"

namespace concord::ctl {

// How a command is presented.
struct CommandText {
  std::string name;
  std::string description;  // A sentence without the full stop.
  std::string examples;     // Lines, each a command line.
};

// What every write understands.
struct WriteOptions {
  std::string request_id;
  std::string etag;
  std::string reason;
  bool dry_run = false;
};

// The name of a command is declared by the functions in commands.h. Not safe
// from several threads.
class CommandLine {
 public:
  CommandLine();

  CLI::App& app() { return app_; }
  const Settings& settings() const { return settings_; }

  // A command that only groups others.
  CLI::App& AddGroup(const std::string& name, const std::string& description);

  // A command that does something: `declare` gives it its options, `run` is
  // called with them when it was chosen.
  template <typename Options>
  void Add(CLI::App& parent, const CommandText& text, const std::function<void(CLI::App&, Options&)>& declare,
           std::function<absl::Status(Session&, const Options&)> run) {
    CLI::App& command = AddLeaf(parent, text);
    // shared_ptr, for CLI11 keeps what it writes to by address, and the command
    // line owns options of many types.
    auto options = std::make_shared<Options>();
    owned_.push_back(options);
    declare(command, *options);
    command.callback([this, options = options.get(), run = std::move(run)] {
      chosen_ = [options, run](Session& session) { return run(session, *options); };
    });
  }

  // Runs what was chosen, after app().parse().
  absl::Status Run(Session& session) const { return chosen_(session); }

 private:
  CLI::App& AddLeaf(CLI::App& parent, const CommandText& text);

  CLI::App app_;
  Settings settings_;
  std::vector<std::shared_ptr<void>> owned_;
  std::function<absl::Status(Session&)> chosen_;
};

// Which of a write's flags a command has; --request-id and --dry-run always.
enum class WriteFlags { kPlain, kWithEtag, kWithEtagAndReason };
void AddWriteFlags(CLI::App& command, WriteOptions& options, WriteFlags flags);

void AddAsOf(CLI::App& command, std::string& as_of);

// The whole program but for the process around it: parses, runs, prints, and
// returns the exit code. `arguments` begins with the program's name.
int RunConcordctl(const std::vector<std::string>& arguments, Surroundings& surroundings);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_COMMAND_LINE_H_
