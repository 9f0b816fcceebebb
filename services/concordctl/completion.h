// Completion of command lines in a shell, made from the tree of commands.
//
// Pure; safe from any thread.
#ifndef SERVICES_CONCORDCTL_COMPLETION_H_
#define SERVICES_CONCORDCTL_COMPLETION_H_

#include <string>

#include "CLI/CLI.hpp"

namespace concord::ctl {

// A script for bash 4 or later: `source <(concordctl completion bash)`.
// Completes commands and flags, the values of flags with a fixed set of them,
// and file names where a file is meant.
std::string BashCompletion(const CLI::App& app);

}  // namespace concord::ctl

#endif  // SERVICES_CONCORDCTL_COMPLETION_H_
