#!/usr/bin/env bash
# Benchmarks beside a peer, in the same run, on the same data.
#
#   tests/bench/run.sh NAME [--quick] [--data FOLDER] [--growth] [--case CASE] [--peers A,B] [--cached] [--scale N]
#                           [--limit SECONDS] [--year Y] [--sizes N,N]
#
# Prints a Markdown table and writes build/bench/NAME.json. --quick: under a minute, on a part of the data
# (or on made-up rows where the data is missing), with those peers that are built already. FOLDER:
# ../shared/data unless told. --growth: index, with other numbers of documents. The last three are for
# tuning: search (--peers: index and graph too; --case: crosslingual too) says what they are. --scale: graph and
# recommend, --limit: graph, on a network grown to so many times the size, with so many seconds of a peer for a case.
# --year: recommend, the year of the test. --sizes, --limit, --cached: consortium (and --case: sparse, dense, real), of
# problems of so many candidates, with so many seconds for each, what peers said kept from an earlier run.
set -euo pipefail

repo="$(cd "$(dirname "$0")/../.." && pwd)"
known=(import search index relevance languages concepts compounds crosslingual identity graph recommend consortium programme)

usage() {
  echo "usage: tests/bench/run.sh NAME [--quick] [--data FOLDER] [--growth] [--case CASE] [--peers A,B] [--cached] [--scale N] [--limit SECONDS] [--year Y] [--sizes N,N];" \
    "NAME is one of: ${known[*]}" >&2
  exit 2
}

[ $# -gt 0 ] || usage
name="$1"
shift
printf '%s\n' "${known[@]}" | grep -qxF -- "$name" || usage
options=()
while [ $# -gt 0 ]; do
  case "$1" in
    --quick|--growth|--cached) options+=("$1") ;;
    --case|--peers|--scale|--limit|--year|--sizes)
      [ $# -gt 1 ] || usage
      options+=("$1" "$2")
      shift
      ;;
    --data)
      if ! [ -d "${2:-}" ]; then
        echo "tests/bench/run.sh: no folder ${2:-}" >&2
        exit 2
      fi
      options+=(--data "$(cd "$2" && pwd)")
      shift
      ;;
    *) usage ;;
  esac
  shift
done

cd "$repo"
if ! command -v sqlite3 >/dev/null || ! command -v xz >/dev/null || ! command -v cmake >/dev/null; then
  tests/install.sh bench
fi
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release -DKOINON_BENCH=ON && cmake --build --preset release; } >"$log" 2>&1; then
  tail -n 60 "$log" >&2
  exit 1
fi
mkdir -p build/bench/data
if [ -x /usr/bin/python3 ]; then python=/usr/bin/python3; else python=python3; fi
"$python" "tests/bench/$name.py" --build "$repo/build/release" --out "$repo/build/bench" "${options[@]}"
