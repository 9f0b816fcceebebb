# shellcheck shell=bash
# Steps of a longer run, each with its name and its time. Sourced.

# timed NAME COMMAND...: runs it quietly; one line if it passed, else its output and
# a line that names it. Its status is the command's.
timed() {
  local name=$1 started=$EPOCHREALTIME output status=0
  shift
  output=$(mktemp)
  "$@" >"$output" 2>&1 || status=$?
  if ((status == 0)); then
    # A check's last line may sum up what it saw.
    printf '%-12s ok    %6s s  %s\n' "$name" "$(seconds_since "$started")" "$(tail -n 1 "$output")"
    grep 'warning: ' "$output" || true
  else
    cat "$output"
    printf '%-12s FAIL  %6s s\n' "$name" "$(seconds_since "$started")"
  fi
  rm -f "$output"
  return "$status"
}

# seconds_since TIME: with one decimal; TIME as in EPOCHREALTIME.
seconds_since() {
  awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'
}
