#!/usr/bin/env bash
# Every gate, from nothing: installs what is missing, builds, tests. Each gate prints one line; one that
# fails prints its log. The last line is "N passed, N failed": test cases of Catch2 and pytest, and one for
# every other gate. Exit 0 when nothing failed, 1 when something did, 2 for a wrong option.
#
#   tests/run.sh                 what CI runs
#   tests/run.sh --only GATE     this gate alone, and what it must build (may be given again)
#   tests/run.sh --plain         the tests without sanitizers, in the build of the preset dev
#   tests/run.sh --long          also ThreadSanitizer, minutes of fuzzing and of kill -9
#   tests/run.sh --clang         also a build with clang, warnings as errors
#   tests/run.sh --planted       plants a fault for each gate in a copy, and sees the gate fail
#   tests/run.sh --list          names the gates
#   tests/run.sh --no-install    trusts that everything is there
set -euo pipefail

repo="$(cd "$(dirname "$0")/.." && pwd)"
cd "$repo"
self="$repo/tests/run.sh"
jobs="$(nproc 2>/dev/null || echo 2)"
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$jobs}"
# A host's settings must not steer the tests.
unset KOINON_CATALOGUE

gates=(shell rooms data headers build unit contract property fault fuzz crash release exports consumer
  quickstart command python docs bench)
optional_gates=(clang tsan fuzz-long crash-long)
# The longest of the tests: once the tests are built they run beside the other gates, one after the other,
# and are shown last.
beside=(unit property)

# -- For the gates ------------------------------------------------------------------------------------

# Each gate is a function gate_NAME in a process of its own, so that `set -e` holds and no gate can
# disturb the next. It may say more than "passed" or "failed" with tally; its standard output is its log.
tally() { echo "$1 $2" >>"$KOINON_TALLY"; }

note() { printf '%s\n' "$1" >>"$KOINON_TALLY.note"; }

# A program that is one test: 77 says that it cannot run here.
alone() {
  local rc=0
  "$@" || rc=$?
  case "$rc" in
    0) tally 1 0 ;;
    77) echo "$1: skipped" ;;
    *) echo "$1 ended with status $rc"; tally 0 1 ;;
  esac
}

# The Python of the system, for which the packages of tests/install.sh are.
python() {
  if [ -x /usr/bin/python3 ]; then echo /usr/bin/python3; else command -v python3; fi
}

# Configures and builds a preset, once for each run.
built() {
  local preset="$1"
  shift
  [ ! -e "$KOINON_RUN/$preset.built" ] || return 0
  if [ -e "$KOINON_RUN/$preset.broken" ]; then
    echo "the preset $preset did not build, see above"
    return 1
  fi
  touch "$KOINON_RUN/$preset.broken"
  cmake --preset "$preset" "$@"
  cmake --build --preset "$preset"
  mv "$KOINON_RUN/$preset.broken" "$KOINON_RUN/$preset.built"
}

built_release() {
  local options=()
  if [ -e bindings/python/CMakeLists.txt ]; then
    options=(-DKOINON_PYTHON=ON -DKOINON_TRAIN=ON "-DPython_EXECUTABLE=$(python)")
  fi
  built release "${options[@]}"
}

# What the tests run in: the undefined and address sanitizers in one build, optimised just enough to be
# quick, with assertions; with --plain the preset dev. The presets with sanitizers are clang's, which
# instruments much faster than g++ 12.
tested="build/${KOINON_TESTED:=asan-ubsan}"
built_tests() {
  if [ "$KOINON_TESTED" = dev ]; then
    built dev
    return
  fi
  export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1
  export UBSAN_OPTIONS=print_stacktrace=1
  built asan-ubsan -DKOINON_COMMAND=OFF -DKOINON_WERROR=ON \
    '-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -g1 -D_GLIBCXX_ASSERTIONS'
}

# Runs a Catch2 binary and counts its cases; a crash is one failed case more.
catch() {
  local binary="$1" log rc=0 numbers passed failed
  shift
  if [ ! -x "$binary" ]; then
    echo "there is no $binary"
    return 1
  fi
  log="$(mktemp -p "$KOINON_RUN")"
  "$binary" "$@" >"$log" 2>&1 || rc=$?
  cat "$log"
  # "All tests passed (12 assertions in 3 test cases)" or "test cases: 3 | 2 passed | 1 failed ..."
  numbers="$(awk '
    /^All tests passed \(/ { for (i = 1; i < NF; ++i) if ($i == "in") passed = $(i + 1) }
    /^test cases:/ { for (i = 1; i < NF; ++i) { if ($(i + 1) == "passed") passed = $i; if ($(i + 1) == "failed") failed = $i } }
    END { print passed + 0, failed + 0 }' "$log")"
  read -r passed failed <<<"$numbers"
  if [ "$rc" -ne 0 ] && [ "$failed" -eq 0 ]; then
    echo "$binary ended with status $rc"
    failed=1
  fi
  if [ "$rc" -eq 0 ] && [ "$passed" -eq 0 ]; then
    echo "$binary ran no test"
    failed=1
  fi
  tally "$passed" "$failed"
}

# Runs pytest and counts its tests.
counted_pytest() {
  local log rc=0 passed failed errors
  log="$(mktemp -p "$KOINON_RUN")"
  PYTHONDONTWRITEBYTECODE=1 "$(python)" -m pytest -q -p no:cacheprovider "$@" >"$log" 2>&1 || rc=$?
  cat "$log"
  passed="$(sed -n 's/^.*\b\([0-9][0-9]*\) passed.*/\1/p' "$log" | tail -n 1)"
  failed="$(sed -n 's/^.*\b\([0-9][0-9]*\) failed.*/\1/p' "$log" | tail -n 1)"
  errors="$(sed -n 's/^.*\b\([0-9][0-9]*\) errors\{0,1\}.*/\1/p' "$log" | tail -n 1)"
  failed=$((${failed:-0} + ${errors:-0}))
  if [ "$rc" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  tally "${passed:-0}" "$failed"
}

# Every replayer of a build over its corpus; fails when a format has no corpus.
replay() {
  local bin="$1" target name first='' rc=0
  shift
  rm -rf "$KOINON_RUN/replay"
  mkdir "$KOINON_RUN/replay"
  for target in "$bin"/replay_*; do
    [ -x "$target" ] || continue
    name="$(basename "$target")"
    name="${name#replay_}"
    case "$name" in import_*) first="$target" ;; esac
    printf '%s: ' "$name"
    (cd "$KOINON_RUN/replay" && "$target" "$@" "$repo/tests/fuzz/corpus/$name") || rc=1
  done
  if [ -z "$first" ]; then
    echo "no replayer of an importer in $bin"
    return 1
  fi
  for name in $("$first" --list); do
    if [ ! -x "$bin/replay_$name" ]; then
      echo "format ${name#import_} has no fuzz corpus: tests/fuzz/corpus/$name"
      rc=1
    fi
  done
  return "$rc"
}

# -- The gates ----------------------------------------------------------------------------------------

gate_shell() {
  local script scripts
  scripts="$(find .ci examples tests python -name '*.sh' -not -path '*/build/*'; echo .ci/run)"
  for script in $scripts; do
    bash -n "$script"
    [ -x "$script" ] || { echo "$script is not executable"; return 1; }
  done
  if command -v shellcheck >/dev/null; then
    # shellcheck disable=SC2086  # the names of our own scripts hold no blanks
    shellcheck $scripts
  fi
}

gate_rooms() {
  alone "$(python)" tests/rooms/rooms_test.py
  alone "$(python)" tests/rooms/rooms_test.py --self-test
}

# Vocabularies and sample against the checks that lie beside them.
gate_data() {
  local check any=0
  for check in src/data/*/check.py; do
    [ -e "$check" ] || continue
    any=1
    alone "$(python)" "$check"
  done
  [ "$any" -eq 1 ] || { echo 'there is no src/data/*/check.py'; return 1; }
}

gate_headers() { tests/consumer/headers.sh; }

gate_build() { built_tests; }

gate_unit() { built_tests; catch "$tested/bin/koinon_unit_tests"; }
gate_contract() {
  built_tests
  catch "$tested/bin/koinon_contract_tests"
  alone "$tested/bin/koinon_contract_c11"
}
gate_property() { built_tests; catch "$tested/bin/koinon_property_tests"; }
gate_fault() { built_tests; catch "$tested/bin/koinon_fault_tests"; }
gate_fuzz() { built_tests; replay "$repo/$tested/bin" --mutations 100; }
gate_crash() { built_tests; "$tested/bin/koinon_crash_test" --rounds 10; }

# Here g++ has its say; the tests are built by clang.
gate_release() {
  built_release | tee "$KOINON_RUN/release.said"
  build/release/bin/koinon version
  ! grep -E '(warning|error):' "$KOINON_RUN/release.said"
}

# Of the library that people install.
gate_exports() {
  built_release
  alone tests/consumer/exports.sh build/release/lib/libkoinon_c.so
  alone tests/contract/declarations_test.sh build/release/lib/libkoinon_c.so
}

gate_consumer() { built_release; tests/consumer/run.sh build/release; }

# What a stranger does first. The output must hold what the README promises of it.
gate_quickstart() {
  local out="$KOINON_RUN/quickstart.out" wanted
  built_release
  examples/quickstart.sh >"$out" 2>&1 </dev/null || { cat "$out"; return 1; }
  cat "$out"
  for wanted in 'stored' 'ms' 'Nederlands' 'Deutsch' 'suomi' 'Facets' 'Partners' 'Next'; do
    grep -q "$wanted" "$out" || { echo "quickstart does not show: $wanted"; return 1; }
  done
}

gate_command() {
  built_release
  local log rc=0 passed failed
  log="$(mktemp -p "$KOINON_RUN")"
  tests/contract/command_test.sh build/release/bin/koinon >"$log" 2>&1 || rc=$?
  cat "$log"
  read -r passed failed <<<"$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1)"
  if [ "$rc" -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then failed=1; fi
  tally "${passed:-0}" "${failed:-0}"
  KOINON_COMMAND="$repo/build/release/bin/koinon" counted_pytest tests/consumer/test_command.py
}

gate_python() {
  if [ ! -e bindings/python/CMakeLists.txt ]; then
    note 'no bindings/python yet'
    return 0
  fi
  built_release
  PYTHONPATH="$repo/build/release/python" counted_pytest tests/python
}

gate_docs() {
  alone "$(python)" tests/consumer/features_test.py
  alone "$(python)" tests/consumer/features_test.py --self-test
  alone "$(python)" tests/consumer/docs_test.py --self-test
  built_release
  "$(python)" tests/consumer/docs_test.py build/release
}

# Not for its figures: that the benchmark still runs.
gate_bench() {
  built_release
  tests/bench/run.sh import --quick
}

gate_clang() {
  cmake -S . -B build/clang -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ \
    -DKOINON_WERROR=ON -DKOINON_TESTS=ON
  cmake --build build/clang
}

gate_tsan() {
  built tsan -DKOINON_COMMAND=OFF '-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -g1'
  local binary
  for binary in build/tsan/bin/koinon_{unit,property,contract}_tests; do
    TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 catch "$binary"
  done
}

# Sixty seconds for each target, from its corpus; what it finds is kept in build/fuzz-found.
gate_fuzz_long() {
  built fuzz
  local target name rc any=0
  mkdir -p build/fuzz-found
  for target in build/fuzz/bin/fuzz_*; do
    name="${target##*/fuzz_}"
    mkdir -p "$KOINON_RUN/fuzz/$name"
    rc=0
    "$target" -max_total_time="${KOINON_FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="build/fuzz-found/$name-" "$KOINON_RUN/fuzz/$name" "tests/fuzz/corpus/$name" 2>&1 | tail -n 40 || rc=$?
    any=1
    if [ "$rc" -eq 0 ]; then tally 1 0; else tally 0 1; fi
  done
  [ "$any" -eq 1 ]
}

gate_crash_long() { built_tests; "$tested/bin/koinon_crash_test" --rounds "${KOINON_CRASH_ROUNDS:-300}" --seed "$RANDOM"; }

# -- The run ------------------------------------------------------------------------------------------

if [ "${1:-}" = --gate ]; then  # inside run_gate
  "gate_${2//-/_}"
  exit 0
fi

only=()
long=0
clang=0
install=1
while [ $# -gt 0 ]; do
  case "$1" in
    --only) only+=("${2:?--only wants the name of a gate}"); shift ;;
    --long) long=1 ;;
    --clang) clang=1 ;;
    --plain) export KOINON_TESTED=dev ;;
    --no-install) install=0 ;;
    --planted) shift; exec tests/gates_test.sh "$@" ;;
    --list) printf '%s\n' "${gates[@]}" "${optional_gates[@]}"; exit 0 ;;
    -h|--help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$self"; exit 0 ;;
    *) echo "tests/run.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done

if [ "${#only[@]}" -gt 0 ]; then
  for name in "${only[@]}"; do
    if ! printf '%s\n' "${gates[@]}" "${optional_gates[@]}" | grep -qxF "$name"; then
      echo "tests/run.sh: there is no gate $name; there are: ${gates[*]} ${optional_gates[*]}" >&2
      exit 2
    fi
  done
  gates=("${only[@]}")
else
  [ "$clang" -eq 0 ] || gates+=(clang)
  [ "$long" -eq 0 ] || gates+=(tsan fuzz-long crash-long)
fi

[ "$install" -eq 0 ] || tests/install.sh test

mkdir -p build
KOINON_RUN="$(mktemp -d "$repo/build/gates.XXXXXX")"
export KOINON_RUN
trap 'rm -rf "$KOINON_RUN"' EXIT
all_passed=0
all_failed=0

# Runs a gate; what is to be shown of it, and its counts, are left beside its log.
run_gate() {
  local name="$1" log="$KOINON_RUN/$1.log" rc=0 started ended passed=0 failed=0 p f verdict='ok' detail=''
  export KOINON_TALLY="$KOINON_RUN/$name.tally"
  started="$(date +%s%N)"
  timeout --kill-after=10 "${KOINON_GATE_SECONDS:-3000}" "$BASH" "$self" --gate "$name" >"$log" 2>&1 </dev/null || rc=$?
  ended="$(date +%s%N)"
  if [ -e "$KOINON_TALLY" ]; then
    while read -r p f; do
      passed=$((passed + p))
      failed=$((failed + f))
    done <"$KOINON_TALLY"
  fi
  if [ "$rc" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ "$rc" -eq 0 ] && [ "$((passed + failed))" -eq 0 ]; then passed=1; fi
  [ "$rc" -ne 124 ] || echo "no end after ${KOINON_GATE_SECONDS:-3000} s" >>"$log"
  echo "$passed $failed" >"$KOINON_RUN/$name.counts"
  [ "$failed" -eq 0 ] || verdict='FAILED'
  if [ "$((passed + failed))" -gt 1 ]; then detail="$passed passed, $failed failed"; fi
  if [ -e "$KOINON_TALLY.note" ]; then detail="$detail$(cat "$KOINON_TALLY.note")"; fi
  printf '%-11s %-6s %7.1f s  %s\n' "$name" "$verdict" "$(((ended - started) / 100000000))e-1" "$detail"
  if [ "$failed" -ne 0 ]; then
    # Without what ninja says of every file that was well.
    { grep -vE '^\[[0-9]+/[0-9]+\] [A-Z]' "$log" || true; } | tail -n "${KOINON_LOG_LINES:-200}" | sed 's/^/    | /'
  fi
}

show_gate() {
  local passed failed
  cat "$KOINON_RUN/$1.shown"
  read -r passed failed <"$KOINON_RUN/$1.counts"
  all_passed=$((all_passed + passed))
  all_failed=$((all_failed + failed))
}

asked() { printf '%s\n' "${gates[@]}" | grep -qxF -- "$1"; }

run_beside() {
  local gate
  for gate in "$@"; do run_gate "$gate" >"$KOINON_RUN/$gate.shown"; done
}

underway=()  # gates that run beside the others
worker=''
for gate in "${gates[@]}"; do
  case " ${underway[*]} " in *" $gate "*) continue ;; esac
  run_gate "$gate" >"$KOINON_RUN/$gate.shown"
  show_gate "$gate"
  [ "$gate" = build ] || continue
  for one in "${beside[@]}"; do
    if asked "$one"; then underway+=("$one"); fi
  done
  run_beside "${underway[@]}" &
  worker=$!
done
if [ -n "$worker" ]; then
  wait "$worker" || true
  for gate in "${underway[@]}"; do show_gate "$gate"; done
fi

echo "$all_passed passed, $all_failed failed"
[ "$all_failed" -eq 0 ]
