#!/usr/bin/env bash
# Installs what building (and testing) Koinon needs, and nothing that is there already.
#
#   tests/install.sh [build|test|bench]     default: test
#
# build: what `cmake --preset release` needs. test: that, and what tests/run.sh needs. bench: that, and
# the peers of tests/bench. On Debian and its relatives the packages come by apt, as root or with sudo;
# elsewhere the script says what is missing and stops. Quiet when there is nothing to do.
set -euo pipefail

what="${1:-test}"
case "$what" in
  build|test|bench) ;;
  *) echo "usage: tests/install.sh [build|test|bench]" >&2; exit 2 ;;
esac

build_packages=(g++ cmake ninja-build ccache pkg-config libsqlitecpp-dev libsqlite3-dev nlohmann-json3-dev
  libboost-dev libicu-dev libstemmer-dev libcld2-dev libraptor2-dev zlib1g-dev liblzma-dev libxxhash-dev)
test_packages=(catch2 pybind11-dev python3 python3-dev python3-pip python3-venv python3-pytest
  python3-cffi python3-pandas python3-networkx clang binutils git shellcheck)
bench_packages=(sqlite3 xz-utils libxapian-dev coinor-cbc
  hunspell-bg hunspell-cs hunspell-da hunspell-de-de hunspell-el hunspell-en-gb hunspell-es hunspell-fr-classical
  hunspell-hr hunspell-hu hunspell-it hunspell-lt hunspell-lv hunspell-nl hunspell-pl hunspell-pt-pt hunspell-ro
  hunspell-sk hunspell-sl hunspell-sv myspell-et myspell-ga voikko-fi python3-libvoikko)

wanted=("${build_packages[@]}")
[ "$what" = build ] || wanted+=("${test_packages[@]}")
[ "$what" != bench ] || wanted+=("${bench_packages[@]}")

# The run-time library of the sanitizers and of libFuzzer is named after clang's version on older releases.
clang_runtime() {
  local major
  if apt-cache policy libclang-rt-dev 2>/dev/null | grep -q 'Candidate: [0-9]'; then
    echo libclang-rt-dev
  else
    major="$(apt-cache depends clang 2>/dev/null | sed -n 's/^ *Depends: clang-\([0-9][0-9]*\).*/\1/p' | head -n 1)"
    [ -z "$major" ] || echo "libclang-rt-$major-dev"
  fi
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
  missing=()
  for package in "${wanted[@]}"; do
    installed "$package" || missing+=("$package")
  done
  if [ "$what" != build ] && ! compgen -G '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*' >/dev/null &&
     ! compgen -G '/usr/lib/llvm-*/lib/clang/*/lib/*/libclang_rt.fuzzer*' >/dev/null; then
    missing+=(clang-runtime)
  fi
  [ "${#missing[@]}" -gt 0 ] || exit 0

  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "koinon: please install as root: apt-get install ${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  log="$(mktemp)"
  trap 'rm -f "$log"' EXIT
  apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@" \
      >>"$log" 2>&1 </dev/null
  }
  install_missing() {
    local packages=() package
    for package in "${missing[@]}"; do
      if [ "$package" = clang-runtime ]; then
        package="$(clang_runtime)"
        [ -n "$package" ] || continue
      fi
      packages+=("$package")
    done
    apt install --no-install-recommends "${packages[@]}"
  }
  echo "koinon: installing ${missing[*]}" >&2
  if ! { apt update && install_missing; }; then
    echo "koinon: apt failed:" >&2
    tail -n 30 "$log" >&2
    exit 1
  fi
  exit 0
fi

# Elsewhere: look, and name what is missing.
missing=()
for tool in c++ cmake ninja pkg-config; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
header() {
  printf '#if !__has_include(<%s>)\n#error missing\n#endif\n' "$1" | c++ -std=c++17 -x c++ -fsyntax-only - 2>/dev/null ||
    missing+=("$2")
}
if command -v c++ >/dev/null; then
  header SQLiteCpp/SQLiteCpp.h SQLiteCpp
  header sqlite3.h SQLite
  header nlohmann/json.hpp 'nlohmann/json'
  header boost/graph/adjacency_list.hpp 'Boost (headers)'
  header unicode/uchar.h ICU
  header libstemmer.h 'Snowball (libstemmer)'
  header cld2/public/compact_lang_det.h CLD2
  header zlib.h zlib
  header lzma.h liblzma
  header xxhash.h xxHash
  header raptor2/raptor2.h 'Raptor (libraptor2)'
fi
if [ "$what" != build ]; then
  for tool in python3 git nm; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  if command -v c++ >/dev/null; then
    printf '#if !__has_include(<catch2/catch.hpp>) && !__has_include(<catch2/catch_all.hpp>)\n#error missing\n#endif\n' |
      c++ -std=c++17 -x c++ -fsyntax-only - 2>/dev/null || missing+=(Catch2)
  fi
  ! command -v python3 >/dev/null || python3 -c 'import pytest' 2>/dev/null || missing+=(pytest)
fi
if [ "$what" = bench ]; then
  for tool in sqlite3 xz; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
fi
if [ "${#missing[@]}" -gt 0 ]; then
  echo "koinon: this system has no apt; please install, with development files:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
fi
