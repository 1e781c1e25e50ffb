#!/bin/sh
# Documents that are none, malformed and hostile, before schema-diff: see malformed.py.
set -u
BIN=${BIN:?} SOURCE=${SOURCE:?}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/schema-test.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
sanitized=''
! grep -q -a __asan_init "$BIN/schema-diff" || sanitized=sanitized
python3 "$SOURCE/tests/cases/malformed.py" "$BIN/schema-diff" "$WORK" $sanitized
