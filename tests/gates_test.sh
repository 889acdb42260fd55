#!/usr/bin/env bash
# Plants a fault for each gate in a copy of the working tree and sees the gate fail: a gate that nobody has
# seen failing proves nothing. Also that it passes on the copy before, so that it fails for the fault.
#
#   tests/gates_test.sh              every gate that has a plant
#   tests/gates_test.sh GATE ...     these
#
# Takes several builds of the copy. The last line is "N passed, N failed".
# shellcheck disable=SC2016  # the dollars are those of sed
set -euo pipefail

repo="$(cd "$(dirname "$0")/.." && pwd)"
all=(shell rooms data headers build unit contract property fault fuzz crash release exports consumer quickstart
  command python docs bench)
if [ $# -gt 0 ]; then all=("$@"); fi

mkdir -p "$repo/build"
work="${KOINON_PLANTED:-$(mktemp -d "$repo/build/planted.XXXXXX")}"
copy="$work/koinon"
[ -n "${KOINON_PLANTED:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$copy"
# What git would clone, with what is not committed yet, and nothing that was built. Only what differs: the
# time of a file that is as it was must not change, or what was built of a plant would pass for up to date.
while IFS= read -r -d '' file; do
  if [ -e "$repo/$file" ] && ! cmp -s "$repo/$file" "$copy/$file"; then
    mkdir -p "$copy/$(dirname "$file")"
    cp "$repo/$file" "$copy/$file"
  fi
done < <(cd "$repo" && git ls-files -z --cached --others --exclude-standard)
# The copy's ../shared/data is not there: the gates do without it.
cd "$copy"

touched=()
# change FILE SED-SCRIPT: the plant must take, or the test is out of date.
change() {
  cp -p "$1" "$1.unplanted"
  touched+=("$1")
  sed -i "$2" "$1"
  if cmp -s "$1" "$1.unplanted"; then
    echo "the plant does not take in $1: $2" >&2
    return 1
  fi
}
added=()
# add FILE FORMAT: a new file.
add() {
  mkdir -p "$(dirname "$1")"
  # shellcheck disable=SC2059  # the format is ours
  printf "$2" >"$1"
  added+=("$1")
}
restore() {
  local file
  for file in "${touched[@]}"; do
    mv "$file.unplanted" "$file"
    touch "$file"  # newer than what was built of the plant
  done
  [ "${#added[@]}" -eq 0 ] || rm -f "${added[@]}"
  touched=()
  added=()
}

plant_shell() { add examples/planted.sh 'if then\n'; }
plant_rooms() { add src/search/planted.cpp '#include <sqlite3.h>\n'; }
plant_data() { change "$(find src/data/vocabularies -name '*.json' | sort | head -n 1)" '0,/"en"/s//"xx"/'; }
plant_headers() { add include/koinon/planted.hpp '#pragma once\nnamespace koinon { std::string planted(); }\n'; }
plant_build() { change src/domain/utf8.cpp '$a static int planted() { return 1; }'; }
plant_exports() { change include/koinon/koinon_declarations.h '$a int32_t kn_planted(void);'; }
plant_unit() { change src/domain/date.cpp 's/month{date.month}, day{date.day}}.ok()/month{date.month}, day{1}}.ok()/'; }
plant_contract() { change bindings/c/catalogue.cpp 's/return KN_E_FORKED/return KN_OK/'; }
plant_property() { change src/index/bm25.hpp 's/(documents - having + 0.5)/(documents - having + 1.5)/'; }
# A failed commit is taken for done.
plant_fault() { change src/store/store.cpp 's/connection->database().exec("COMMIT");/try { connection->database().exec("COMMIT"); } catch (...) {}/'; }
plant_fuzz() { change src/exchange/record_json.cpp '/^Decoded from_json(RecordKind kind, std::string_view json) {$/a if (json.find("\\xff") != json.npos) __builtin_trap();'; }
# What an erasure takes out stays in the file.
plant_crash() { change src/store/connection.cpp 's/PRAGMA secure_delete = ON/PRAGMA secure_delete = OFF/'; }
plant_release() { change bindings/command/CMakeLists.txt 's/main.cpp/planted_away.cpp/'; }
plant_consumer() { change cmake/koinon.pc.in '/^Libs.private/d'; }
plant_quickstart() { change bindings/command/partners.cpp 's/"takes part in "/std::string().substr(1)/'; }
plant_command() { change bindings/command/main.cpp 's/    return Usage;/    return Failed;/'; }
plant_python() { change python/koinon/__init__.py '$a raise ImportError("planted")'; }
plant_docs() { change README.md 's/catalogue.import_sample();/catalogue.import_planted();/'; }
plant_docs_output() { change docs/guide/esf-si-plus.md 's/the programme has 197,000,000.00 EUR/the programme has 197,000,001.00 EUR/'; }
plant_bench() { change src/exchange/formats/esf_operations.cpp 's/recognises, open/[](std::string_view) { return false; }, open/'; }
# A byte past the end: only the sanitizers can see it.
plant_unit_past_the_end() { change src/exchange/record_json.cpp '/^Decoded from_json(RecordKind kind, std::string_view json) {$/a volatile char past = json.data()[json.size()];\n(void)past;'; }

passed=0
failed=0
verdict() {
  printf '%-24s %s\n' "${1#plant_}" "$2"
  if [ "$3" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

runs() { KOINON_LOG_LINES=30 tests/run.sh --no-install --only "$1" >"$work/$1.log" 2>&1; }

# try GATE PLANT: the gate must fail, and count that it did.
try() {
  if ! "$2"; then
    verdict "$2" 'FAILED: no plant' 1
  elif runs "$1"; then
    verdict "$2" 'FAILED: did not see the fault' 1
    cat "$work/$1.log"
  elif ! tail -n 1 "$work/$1.log" | grep -qE '^[0-9]+ passed, [1-9][0-9]* failed$'; then
    verdict "$2" 'FAILED: the last line does not count' 1
    cat "$work/$1.log"
  else
    verdict "$2" 'saw the fault' 0
  fi
  restore
}

for gate in "${all[@]}"; do
  if ! runs "$gate"; then
    verdict "$gate" 'FAILED before anything was planted' 1
    cat "$work/$gate.log"
    continue
  fi
  for plant in $(compgen -A function "plant_$gate"); do try "$gate" "$plant"; done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
