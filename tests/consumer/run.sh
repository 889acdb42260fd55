#!/usr/bin/env bash
# Uses Koinon the way others will: installed, moved elsewhere, found by CMake and by pkg-config, and as a
# subdirectory of a host's own build. Each way builds examples/*/first_steps and runs it.
#
#   tests/consumer/run.sh BUILD     BUILD: a built release tree, e.g. build/release
set -euo pipefail

build="$(cd "${1:?usage: tests/consumer/run.sh BUILD}" && pwd)"
repo="$(cd "$(dirname "$0")/../.." && pwd)"
here="$repo/tests/consumer"
work="$(mktemp -d "${TMPDIR:-/tmp}/koinon-consumer.XXXXXX")"
trap 'rm -rf "$work"' EXIT

launcher=()
if command -v ccache >/dev/null; then
  launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi

step() { printf '== %s\n' "$1"; }
die() { echo "consumer: $1" >&2; exit 1; }

# What first_steps prints, whichever way it was built.
runs() {
  local out
  out="$(env -u LD_LIBRARY_PATH "$@")" || die "$1 failed"
  printf '%s\n' "$out"
  grep -q 'Naapuritalo\|Reparaturabende' <<<"$out" || die "$1 did not print the record it had put"
}

step 'install, then move'
cmake --install "$build" --prefix "$work/first" >"$work/install.log" || { cat "$work/install.log"; die 'cmake --install failed'; }
mv "$work/first" "$work/prefix"
prefix="$work/prefix"
version="$(sed -n 's/^project(koinon VERSION \([0-9.]*\).*/\1/p' "$repo/CMakeLists.txt")"

for file in include/koinon/koinon.h include/koinon/koinon.hpp bin/koinon; do
  [ -f "$prefix/$file" ] || die "$file was not installed"
done
# Nothing of the machine that built it may stay in the package.
packaged="$(find "$prefix" -name '*.cmake' -o -name '*.pc')"
[ -n "$packaged" ] || die 'no CMake package and no pkg-config file was installed'
while read -r file; do
  if grep -nF -e "$repo" -e "$build" -e "$work" "$file"; then die "$file names a folder of the build"; fi
done <<<"$packaged"
env -u LD_LIBRARY_PATH "$prefix/bin/koinon" version

step 'find_package, C++'
cmake -S "$here/cmake-cpp" -B "$work/cmake-cpp" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DKOINON_EXPECTED_VERSION="$version" -DKOINON_EXAMPLES="$repo/examples" >/dev/null
cmake --build "$work/cmake-cpp"
runs "$work/cmake-cpp/first_steps"

step 'find_package, C'
cmake -S "$here/cmake-c" -B "$work/cmake-c" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DKOINON_EXPECTED_VERSION="$version" -DKOINON_EXAMPLES="$repo/examples" >/dev/null
cmake --build "$work/cmake-c"
runs "$work/cmake-c/first_steps"

step 'find_package refuses another major version'
major="${version%%.*}"
if cmake -S "$here/cmake-c" -B "$work/refused" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DKOINON_EXPECTED_VERSION="$((major - 1)).1" -DKOINON_EXAMPLES="$repo/examples" >/dev/null 2>&1; then
  die "version $version was taken for $((major - 1)).1"
fi

step 'pkg-config'
PKG_CONFIG_PATH="$(dirname "$(find "$prefix" -name koinon.pc)")"
export PKG_CONFIG_PATH
pkg-config --validate koinon
pkg-config --validate koinon_c
[ "$(pkg-config --modversion koinon)" = "$version" ] || die 'koinon.pc has another version'
# Flags are words.
read -ra flags <<<"$(pkg-config --cflags --libs --static koinon)"
c++ -std=c++17 "$repo/examples/cpp/first_steps.cpp" -o "$work/pc-cpp" "${flags[@]}"
runs "$work/pc-cpp"
read -ra flags <<<"$(pkg-config --cflags --libs koinon_c)"
cc -std=c99 "$repo/examples/c/first_steps.c" -o "$work/pc-c" "${flags[@]}" \
  "-Wl,-rpath,$(pkg-config --variable=libdir koinon_c)"
runs "$work/pc-c"
cc -std=c99 "$repo/examples/c/consortium.c" -o "$work/pc-consortium" "${flags[@]}" \
  "-Wl,-rpath,$(pkg-config --variable=libdir koinon_c)"
env -u LD_LIBRARY_PATH "$work/pc-consortium" 2>/dev/null | grep -q '"status":"optimal"' ||
  die 'examples/c/consortium.c built no consortium'

step 'add_subdirectory'
cmake -S "$here/add-subdirectory" -B "$work/add" -G Ninja -DCMAKE_BUILD_TYPE=Release -DKOINON_SOURCE="$repo" \
  "${launcher[@]}" >/dev/null
cmake --build "$work/add" >"$work/add.log" || { tail -n 60 "$work/add.log"; die 'the host did not build'; }
runs "$work/add/first_steps"
runs "$work/add/first_steps_c"
