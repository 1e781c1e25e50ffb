#!/bin/sh
# clang-tidy finds nothing in our own sources (.clang-tidy says what it looks for). The analyzer follows as many paths as it
# likes with LONG only: the last of them take most of the time.
set -eu
cd "$SOURCE"
paths=30000
[ -z "${LONG:-}" ] || paths=225000
find lib tools -name '*.c' -print0 |
    xargs -0 -P "$(getconf _NPROCESSORS_ONLN)" -n 8 clang-tidy -p "$BUILD" --quiet --extra-arg=-Xclang \
        --extra-arg=-analyzer-config --extra-arg=-Xclang --extra-arg=max-nodes="$paths" 2>/dev/null
