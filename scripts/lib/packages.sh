# shellcheck shell=bash
# Reads scripts/packages. Sourced.

# packages_of GROUP...: package names, each once, with the command that may stand
# in for it ("npm npm", "mold -").
packages_of() {
  awk -v groups="$*" '
    BEGIN { split(groups, list, " "); for (i in list) wanted[list[i]] = 1 }
    { sub(/#.*/, "") }
    /^\[/ { gsub(/[][ ]/, ""); group = $0; next }
    NF && group in wanted && !seen[$1]++ {
      command = "-"
      for (i = 2; i <= NF; i++) if (sub(/^or=/, "", $i)) command = $i
      print $1, command
    }' "$PACKAGES_FILE"
}

# missing_packages GROUP...: those that are not installed, one a line.
missing_packages() {
  local package command installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  packages_of "$@" | while read -r package command; do
    if grep -qxF -- "$package" <<<"$installed"; then continue; fi
    if [[ $command != - ]] && command -v "$command" >/dev/null; then continue; fi
    printf '%s\n' "$package"
  done
}
