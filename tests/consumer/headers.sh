#!/usr/bin/env bash
# Each public header compiles alone, with every compiler there is: the C ones as C99, C11 and C++17, the
# C++ ones as C++17 and C++20; pedantic, warnings are errors. The declarations file holds no
# preprocessor line, so that the FFIs of other languages can read it as it stands.
#
#   tests/consumer/headers.sh [INCLUDE]     default: include
set -euo pipefail

include="$(cd "${1:-$(dirname "$0")/../../include}" && pwd)"
flags=(-I"$include" -fsyntax-only -Wall -Wextra -Wpedantic -pedantic-errors -Wshadow -Werror)
failed=0
tried=0

try() {  # compiler, language, standard, text
  tried=$((tried + 1))
  if ! printf '%s\n' "$4" | "$1" "${flags[@]}" -x "$2" -std="$3" -; then
    echo "FAILED: $1 -std=$3: $4"
    failed=$((failed + 1))
  fi
}

# Twice: a guard that is missing shows.
alone() { printf '#include <koinon/%s>\n#include <koinon/%s>\nextern int koinon_header_test;\n' "$1" "$1"; }

for pair in 'gcc g++' 'clang clang++'; do
  read -r c cpp <<<"$pair"
  command -v "$cpp" >/dev/null || continue
  for header in "$include"/koinon/*; do
    name="$(basename "$header")"
    case "$name" in
      *_declarations.h)
        for standard in c99 c11; do
          try "$c" c "$standard" "#include <stdint.h>
#include <koinon/$name>"
        done
        if grep -nE '^[[:space:]]*#|extern "C"|__attribute__|_Static_assert|^[[:space:]]*(static|inline)[[:space:]]|^[[:space:]]*enum' "$header"; then
          echo "FAILED: $name is not pure declarations"
          failed=$((failed + 1))
        fi
        ;;
      *.h)
        for standard in c99 c11; do try "$c" c "$standard" "$(alone "$name")"; done
        try "$cpp" c++ c++17 "$(alone "$name")"
        ;;
      *.hpp)
        for standard in c++17 c++20; do try "$cpp" c++ "$standard" "$(alone "$name")"; done
        ;;
      *)
        echo "FAILED: $name is no header"
        failed=$((failed + 1))
        ;;
    esac
  done
done
echo "$tried compilations, $failed failed"
[ "$tried" -gt 0 ] && [ "$failed" -eq 0 ]
