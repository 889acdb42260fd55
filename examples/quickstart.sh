#!/usr/bin/env bash
# From a clone to answers: installs what is missing, builds, fills a catalogue with the bundled sample and
# asks it what a portal's visitors would ask.
#
#   examples/quickstart.sh               in a temporary catalogue
#   examples/quickstart.sh --keep PATH   keeps the catalogue at PATH
set -euo pipefail

keep=''
while [ $# -gt 0 ]; do
  case "$1" in
    --keep) keep="${2:?--keep wants a path}"; shift ;;
    -h|--help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) echo "quickstart: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done
if [ -n "$keep" ]; then
  if [ -e "$keep" ]; then
    echo "quickstart: $keep is there already; give a new path" >&2
    exit 2
  fi
  # Relative to where the caller stands, not to the repository.
  keep="$(cd "$(dirname "$keep")" && pwd)/$(basename "$keep")"
fi
cd "$(dirname "$0")/.."

work="$(mktemp -d "${TMPDIR:-/tmp}/koinon-quickstart.XXXXXX")"
trap 'rm -rf "$work"' EXIT
catalogue="${keep:-$work/quickstart.koinon}"
export KOINON_WORD_VECTORS="$PWD/src/data/latent/koinon-24.vectors"
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc 2>/dev/null || echo 2)}"

bold='' dim='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi

now() { date +%s%N; }
title() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }

# One line and its time; what the step printed only when it failed.
step() {
  local what="$1" started rc=0
  shift
  printf '  %-28s' "$what"
  started="$(now)"
  "$@" >"$work/log" 2>&1 </dev/null || rc=$?
  if [ "$rc" -ne 0 ]; then
    printf 'failed\n'
    tail -n 60 "$work/log"
    exit 1
  fi
  printf '%6d s\n' "$((($(now) - started) / 1000000000))"
}

# Shows a command of ours, what it prints, and what it took, process start included.
koinon() {
  local shown='' word started rc=0
  for word in "$@"; do
    case "$word" in
      *[!A-Za-z0-9_./:=-]*) shown="$shown '$word'" ;;
      *) shown="$shown $word" ;;
    esac
  done
  printf '%s$ koinon%s%s\n' "$dim" "$shown" "$plain"
  started="$(now)"
  build/release/bin/koinon "$@" </dev/null || rc=$?
  [ "$rc" -eq 0 ] || { echo "quickstart: koinon ended with status $rc" >&2; exit 1; }
  printf '%s  took %d ms%s\n' "$dim" "$((($(now) - started) / 1000000))" "$plain"
}

title 'Getting ready'
step 'what the build needs' tests/install.sh build
step 'configure' cmake --preset release
step 'build' cmake --build --preset release

export KOINON_CATALOGUE="$catalogue"

title 'Import: the bundled sample becomes a catalogue, one file, every row accounted for'
# shellcheck disable=SC2016  # shown, not expanded
printf '%s$ export KOINON_CATALOGUE=%s PATH="$PWD/build/release/bin:$PATH"%s\n' "$dim" "$catalogue" "$plain"
koinon import --sample
koinon stats

title 'A question in Dutch (Nederlands) finds cases in Finnish, Polish and Greek, and says why'
koinon search --language nl --filter kind=case-study --filter country=FI,PL,EL --limit 3 'daklozen'

title 'Its answers in all languages, and Facets that count all of them'
koinon search --language nl --filter kind=case-study --facet theme --facet country --limit 3 'dakloze mensen eigen woning'

title 'A question in German (Deutsch), narrowed by what the Facets offer'
koinon search --language de --filter kind=case-study --facet target-group --limit 3 'arbeitslose Jugendliche'
koinon search --language de --filter kind=case-study --filter country=AT --limit 3 'arbeitslose Jugendliche'

title 'A question in Finnish (suomi): inflected words find each other'
koinon search --language 'fi' --filter kind=case-study --facet language --limit 3 'nuorten työttömyys ja asunnottomuus'

title 'One case, whole: every language it has, every fact with its source'
case_id="$(build/release/bin/koinon search --json --language 'fi' --filter kind=case-study --limit 1 'asunnottomuus' |
  sed -n 's/.*"hits": *\[ *{ *"id": *"\([^"]*\)".*/\1/p')"
koinon show "${case_id:?the search for a case to show found none}"

title 'Partners of an organisation, and what they have done together'
koinon partners org-tu-dortmund --limit 4
koinon graph

title 'Next'
cat <<NEXT
  your own rows      build/release/bin/koinon --catalogue portal.koinon import FILE
                     koinon formats says what it can read; a row that breaks a rule goes to
                     quarantine with the reason, see koinon quarantine list
  everything as JSON add --json to any command
  all of it back     koinon export catalogue.jsonl
  into your index    koinon follow --after N: every change, in order
  in your portal     examples/cpp/first_steps.cpp, examples/c/first_steps.c, docs/architecture.md
  the tests          tests/run.sh
NEXT
if [ -n "$keep" ]; then
  printf '  this catalogue     build/release/bin/koinon --catalogue %q search QUESTION\n' "$keep"
else
  printf '  keep a catalogue   examples/quickstart.sh --keep PATH\n'
fi
