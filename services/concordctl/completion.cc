#include "services/concordctl/completion.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/concordctl/commands.h"

namespace concord::ctl {
namespace {

// The script without its tables. It finds the command by walking over the words
// that are names of commands, and passes over the values of flags.
constexpr char kScript[] = R"(# Completion of concordctl for bash, made by `concordctl completion bash`.
_concordctl() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local -A commands=(
@COMMANDS@  )
  local -A flags=(
@FLAGS@  )
  local with_value=' @WITH_VALUE@ ' files=' @FILES@ ' file_flags=' @FILE_FLAGS@ '
  local path=concordctl i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    if [[ $with_value == *" ${COMP_WORDS[i]} "* ]]; then
      ((++i))
    elif [[ " ${commands[$path]} " == *" ${COMP_WORDS[i]} "* ]]; then
      path+=" ${COMP_WORDS[i]}"
    fi
  done
  case $previous in
    --output) COMPREPLY=($(compgen -W 'table json' -- "$word")); return ;;
  esac
  if [[ $file_flags == *" $previous "* ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
    return
  fi
  if [[ $with_value == *" $previous "* ]]; then
    COMPREPLY=()
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "${flags[$path]} ${flags[concordctl]}" -- "$word"))
  elif [[ $files == *" ${path// /,} "* ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -W "${commands[$path]}" -- "$word"))
  fi
}
complete -F _concordctl concordctl
)";

struct Tables {
  std::string commands;
  std::string flags;
  std::vector<std::string> with_value;
  std::vector<std::string> files;
  std::vector<std::string> file_flags;
};

void AddOptions(const CLI::App& app, const std::string& path, Tables& tables) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    const bool takes_value = option->get_items_expected_max() > 0;
    for (const std::string& name : option->get_lnames()) {
      flags.push_back("--" + name);
      if (takes_value) tables.with_value.push_back("--" + name);
      if (option->get_type_name() == "FILE") tables.file_flags.push_back("--" + name);
    }
    if (option->get_positional() && option->get_type_name() == "FILE") {
      tables.files.push_back(absl::StrReplaceAll(path, {{" ", ","}}));
    }
  }
  absl::StrAppend(&tables.flags, "    ['", path, "']='", absl::StrJoin(flags, " "), "'\n");
}

void AddApp(const CLI::App& app, const std::string& path, Tables& tables) {
  AddOptions(app, path, tables);
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) {
    names.push_back(command->get_name());
    AddApp(*command, absl::StrCat(path, " ", command->get_name()), tables);
  }
  absl::StrAppend(&tables.commands, "    ['", path, "']='", absl::StrJoin(names, " "), "'\n");
}

}  // namespace

std::string BashCompletion(const CLI::App& app) {
  Tables tables;
  AddApp(app, "concordctl", tables);
  return absl::StrReplaceAll(kScript, {{"@COMMANDS@", tables.commands},
                                       {"@FLAGS@", tables.flags},
                                       {"@WITH_VALUE@", absl::StrJoin(tables.with_value, " ")},
                                       {"@FILES@", absl::StrJoin(tables.files, " ")},
                                       {"@FILE_FLAGS@", absl::StrJoin(tables.file_flags, " ")}});
}

void AddCompletionCommand(CommandLine& line) {
  struct Options {};
  CLI::App& group = line.AddGroup("completion", "Completion of command lines in a shell");
  line.Add<Options>(
      group, {"bash", "Print a script for bash", "  source <(concordctl completion bash)"}, [](CLI::App&, Options&) {},
      [app = &line.app()](Session& session, const Options&) -> absl::Status {
        session.Print(BashCompletion(*app));
        return absl::OkStatus();
      });
}

}  // namespace concord::ctl
