# shellcheck shell=bash
# Processes in the background that outlive the script that started them, told
# apart from others that got the same number later. Sourced; needs STATE.
#
# A pid file holds the number, the start time from /proc (field 22 of stat, in
# ticks since boot) and the boot's id: the three together name one process.

# process_start PID: its start time; fails when it does not exist or is a zombie.
process_start() {
  local line fields
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -r -a fields <<<"${line##*) }" # The command's name may hold anything.
  [[ ${fields[0]} != Z && ${fields[0]} != X ]] && printf '%s\n' "${fields[19]}"
}

# running NAME: prints the pid of the process that was started under this name,
# and fails if it is gone, whoever has its number now.
running() {
  local pid start boot
  read -r pid start boot 2>/dev/null <"$STATE/$1.pid" || return 1
  [[ $pid =~ ^[0-9]+$ && $boot == "$(</proc/sys/kernel/random/boot_id)" ]] || return 1
  [[ $(process_start "$pid") == "$start" ]] && printf '%s\n' "$pid"
}

# start NAME COMMAND...: in the background, in a session of its own, its output in
# logs/NAME.log (that of the run before in logs/NAME.log.1).
start() {
  local name=$1 log=$STATE/logs/$1.log pid
  shift
  [[ ! -e $log ]] || mv -f "$log" "$log.1"
  # 9 is the lock that this script holds; it must not live on in the process.
  setsid "$@" </dev/null >"$log" 2>&1 9>&- &
  pid=$!
  printf '%s %s %s\n' "$pid" "$(process_start "$pid" || echo 0)" "$(</proc/sys/kernel/random/boot_id)" >"$STATE/$name.pid"
}

# stop NAME SECONDS: asks it to end, waits, and ends it by force when the time is
# up. Says what it did; says nothing if there was nothing to stop.
stop() {
  local name=$1 pid tries=$(($2 * 10))
  if ! pid=$(running "$name"); then
    rm -f "$STATE/$name.pid"
    return 0
  fi
  kill -TERM "$pid" 2>/dev/null || true
  while ((tries-- > 0)) && running "$name" >/dev/null; do sleep 0.1; done
  if running "$name" >/dev/null; then
    kill -KILL "$pid" 2>/dev/null || true
    echo "Killed $name (pid $pid): it did not stop within $2 s."
  else
    echo "Stopped $name (pid $pid)."
  fi
  rm -f "$STATE/$name.pid"
}
