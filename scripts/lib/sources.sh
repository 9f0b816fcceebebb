# shellcheck shell=bash
# Which files are ours, by kind; names end in a zero byte. Sourced; the current
# folder is the repository. New files count before they are added to git.

our_files() {
  git ls-files -z --cached --others --exclude-standard -- "$@" |
    while IFS= read -r -d '' file; do [[ ! -f $file ]] || printf '%s\0' "$file"; done
}

cpp_files() { our_files 'common/*.h' 'common/*.cc' 'services/*.h' 'services/*.cc' 'tests/*.h' 'tests/*.cc'; }

# with_first_line PATTERN: of the files on standard input those that begin so.
with_first_line() {
  local file line
  while IFS= read -r -d '' file; do
    line=
    IFS= read -r line 2>/dev/null <"$file" || true
    [[ ! $line =~ $1 ]] || printf '%s\0' "$file"
  done
}

# By the name's end or, where there is none, by the first line.
shell_scripts() {
  our_files '*.sh'
  our_files scripts .ci deploy tests | grep -zv '\.[a-z]*$' | with_first_line '^#!.*[/ ](ba)?sh$'
}
python_files() {
  our_files '*.py'
  our_files scripts .ci deploy tests | grep -zv '\.[a-z]*$' | with_first_line '^#!.*python3$'
}
