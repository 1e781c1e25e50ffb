#!/bin/sh
# libFuzzer on schema-diff: for SECONDS_TO_RUN (else half an hour) with the cases of tests/cases/diff to begin with. What it
# finds stays in $BUILD/fuzz and is to become a case of tests/cases/malformed.sh.
#
# The program comes from a build of its own, by clang: cmake --preset fuzz && cmake --build --preset fuzz, as
# scripts/test --long does. Without one there is nothing to do.

set -u
SOURCE=${SOURCE:?} BUILD=${BUILD:?}
FUZZER=${FUZZER:-$SOURCE/build/fuzz/bin/fuzz_diff_snapshots}
if [ ! -x "$FUZZER" ]; then
    echo "there is no $FUZZER: nothing is fuzzed" >&2
    exit 0
fi
mkdir -p "$BUILD/fuzz/start" "$BUILD/fuzz/found"
sections=$(sed -n 's/^ *\[KIND_[A-Z_]*\] = {"[^"]*", *"\([^"]*\)", KIND_NONE.*/\1/p
    /^ *\[KIND_[A-Z_]*\] = {"[^"]*", *"[^"]*",$/{s/.*, "\([^"]*\)",$/\1/;p;}' "$SOURCE/lib/model/kind.c")

# document FILE: the snapshot of a case, with any hash.
document() {
    printf '{"format":"snapshot/1",\n"meta":%s,\n' "$(jq -cS '.meta // {source: "live"}' "$1")"
    jq -rS --arg sections "$sections" '. as $doc | ($sections | split("\n") + ["transactions", "lineage"])[] as $section
        | $doc[$section] // [] | select(length > 0)
        | "\"\($section)\":[", (sort_by(.id) | map(tojson) | join(",\n")), "],"' "$1"
    printf '"hash":"sha256:%064d"}\n' 0
}

for case in "$SOURCE"/tests/cases/diff/*/; do
    {
        document "$case/old.json"
        printf '\000'
        document "$case/new.json"
    } >"$BUILD/fuzz/start/$(basename "$case")"
done
# The words of the documents.
cat "$BUILD"/fuzz/start/* | tr '\000' '\n' | grep -a -o '"[a-z_]*":' | LC_ALL=C sort -u |
    sed 's/"/\\"/g; s/.*/"&"/' >"$BUILD/fuzz/words"
nice -n 19 "$FUZZER" -max_total_time="${SECONDS_TO_RUN:-1800}" -timeout=20 -rss_limit_mb=2048 -max_len=20000 \
    -print_final_stats=1 -dict="$BUILD/fuzz/words" -artifact_prefix="$BUILD/fuzz/" "$BUILD/fuzz/found" "$BUILD/fuzz/start"
