#!/usr/bin/env bash
# Other languages read koinon_declarations.h as it stands: cffi parses it, loads the library and calls
# every function that needs no handle. Skipped (77) where there is no cffi.
#
#   tests/contract/declarations_test.sh LIBRARY
set -euo pipefail

library="${1:?usage: tests/contract/declarations_test.sh LIBRARY}"
declarations="$(cd "$(dirname "$0")/../../include/koinon" && pwd)/koinon_declarations.h"
python=''
for candidate in python3 /usr/bin/python3; do
  if "$candidate" -c 'import cffi' 2>/dev/null; then python="$candidate"; fi
done
[ -n "$python" ] || exit 77

"$python" - "$declarations" "$library" <<'PYTHON'
import re
import sys

import cffi

text = open(sys.argv[1], encoding="utf-8").read()
ffi = cffi.FFI()
ffi.cdef(text)
library = ffi.dlopen(sys.argv[2])
names = re.findall(r"\b(kn_\w+)\(", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
for name in set(names):
    getattr(library, name)  # looks the symbol up
assert len(set(names)) > 60, len(set(names))
assert ffi.string(library.kn_version()).startswith(b"20")

catalogue = ffi.new("kn_catalogue **")
error = ffi.new("kn_error **")
assert library.kn_open(b":memory:", 8, ffi.NULL, catalogue, error) == 0
json = ffi.new("kn_text **")
assert library.kn_get_json(catalogue[0], b"nobody", 6, 0, json, error) == 2
assert b"nobody" in ffi.string(library.kn_error_message(error[0]))
library.kn_error_free(error[0])
assert library.kn_statistics(catalogue[0], json, error) == 0
assert ffi.string(library.kn_text_data(json[0])).startswith(b'{"path":')
library.kn_text_free(json[0])
assert library.kn_close(catalogue[0]) == 0
print(len(set(names)), "functions")
PYTHON
