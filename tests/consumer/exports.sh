#!/usr/bin/env bash
# The shared library exports exactly the functions that koinon_declarations.h declares.
#
#   tests/consumer/exports.sh LIBRARY
set -euo pipefail

library="${1:?usage: tests/consumer/exports.sh LIBRARY}"
declarations="$(dirname "$0")/../../include/koinon/koinon_declarations.h"
work="$(mktemp -d "${TMPDIR:-/tmp}/koinon-exports.XXXXXX")"
trap 'rm -rf "$work"' EXIT

# Functions: a kn_ name before a parenthesis, outside comments and not the pointer type of a callback.
tr '\n' ' ' <"$declarations" | sed 's:/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/: :g' | tr ';' '\n' | grep -v 'typedef' |
  grep -oE '\bkn_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u >"$work/declared"
nm -D --defined-only --format=posix "$library" | awk '$2 != "A" {print $1}' | sed 's/@.*//' | sort -u >"$work/exported"

lacking="$(comm -23 "$work/declared" "$work/exported")"
surplus="$(comm -13 "$work/declared" "$work/exported")"
[ -z "$lacking" ] || printf 'declared, but not exported:\n%s\n' "$lacking"
[ -z "$surplus" ] || printf 'exported, but not declared:\n%s\n' "$surplus"
echo "$(wc -l <"$work/declared") functions declared"
[ -s "$work/declared" ] && [ -z "$lacking" ] && [ -z "$surplus" ]
