# Sourced by build/check and build/test, at the root of the repository.
# job NAME COMMAND…  runs a command with its own log, says how it went, and leaves
# artifacts/reports/NAME.job (name, exit code, seconds) for build/summary.

export PATH="$PWD/node_modules/.bin:$PATH"
# Programs, simulators and tools are started some hundred times: their code is compiled once, which halves each start.
export NODE_COMPILE_CACHE="$PWD/artifacts/compile-cache"
mkdir -p artifacts/logs artifacts/reports

job() {
  local name=$1 log="artifacts/logs/$1.log" begun=$EPOCHREALTIME code=0 seconds
  shift
  rm -f "artifacts/reports/$name.job"
  "$@" >"$log" 2>&1 || code=$?
  seconds=$(((${EPOCHREALTIME/[.,]/} - ${begun/[.,]/}) / 100000))
  seconds="$((seconds / 10)).$((seconds % 10))"
  printf '%s\t%s\t%s\n' "$name" "$code" "$seconds" >"artifacts/reports/$name.job"
  {
    flock 9
    if ((code == 0)); then
      printf '✓ %-16s %6s s\n' "$name" "$seconds"
    else
      printf '✗ %-16s %6s s  exit %s, %s\n' "$name" "$seconds" "$code" "$log"
      tail -n 120 "$log" | sed 's/^/  │ /'
    fi
  } 9>artifacts/logs/.printing
  return "$code"
}
