#!/bin/sh
# Every header compiles alone, and every C file begins with its own header, so that none leans on
# what happens to stand before it.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SOURCE"
status=0

flags=$(pkg-config --cflags jansson libpq libcurl libcrypto zlib libzstd)
# The two libraries without a pkg-config file, where the build found them.
while IFS='=' read -r name directory; do
    case $name in
    *_INCLUDE:PATH) flags="$flags -idirafter $directory -idirafter $directory/pg_query" ;;
    esac
done < "$BUILD/CMakeCache.txt"

for header in lib/*/*.h; do
    # Through a file of one line: a header itself may not be the main file without a warning.
    printf '#include "%s"\n' "${header#lib/}" > "$work/alone.c"
    # shellcheck disable=SC2086 # flags are words
    ${CC:-gcc} -std=c17 -D_XOPEN_SOURCE=700 -fsyntax-only -Wall -Wextra -Werror -Ilib \
        -I"$BUILD/embed" $flags "$work/alone.c" || status=1
    code=${header%.h}.c
    if [ -e "$code" ]; then
        first=$(sed -n '/^#include/{p;q;}' "$code")
        [ "$first" = "#include \"${header#lib/}\"" ] ||
            { echo "$code: the first include is not its own header"; status=1; }
    fi
done
exit $status
