# shellcheck shell=bash
# Builds a preset of CMakePresets.json. Sourced; needs root, the repository.

# build_preset PRESET [TARGET...]: configures where that is needed, then builds.
build_preset() {
  local preset=$1
  shift
  # ninja configures again by itself, once it was configured. No `set -e` inside
  # a condition: each step hangs on the one before.
  if [[ ! -f ${root:?}/build/$preset/build.ninja ]]; then
    (cd "$root" && cmake --preset "$preset") || return
  fi
  NINJA_STATUS='[%f of %t, %e s] ' ninja -C "$root/build/$preset" "$@"
}
