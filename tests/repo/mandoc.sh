#!/bin/sh
# Manual pages are clean mdoc, each says its own name, and every program that people run has one.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$SOURCE"
status=0

for page in man/*.[1-8]; do
    mandoc -T lint -W warning "$page" || status=1
    file=${page##*/}
    section=${file##*.}
    title=$(printf '%s' "${file%.*}" | tr '[:lower:]' '[:upper:]')
    grep -q "^\.Dt $title $section$" "$page" || { echo "$page: no '.Dt $title $section'"; status=1; }
done

# Programs in bin: tool(NAME ${CMAKE_INSTALL_BINDIR} ...) and the supervisor. Those in libexec are
# the supervisor's own.
programs=$(sed -n 's/^tool(\([^ ]*\) [$]{CMAKE_INSTALL_BINDIR}.*/\1/p' CMakeLists.txt)
[ -n "$programs" ] || { echo "no tool() lines in CMakeLists.txt"; exit 1; }
[ ! -e scripts/schema ] || programs="$programs schema"
for program in $programs; do
    if [ -e "tools/$program.c" ] || [ -e "scripts/$program" ]; then
        [ -e "man/$program.1" ] || { echo "man/$program.1 is missing"; status=1; }
    fi
done

# Pages refer to pages that there are.
for page in man/*.[1-8]; do
    sed -n 's/^\.Xr \([^ ]*\) \([1-8]\).*/\1.\2/p' "$page" | sort -u | while read -r other; do
        case $other in
        schema*.1 | gen-*.1 | validate-run.1 | notify.1 | backup-rotate.1 | dash-serve.1)
            [ -e "man/$other" ] || echo "$page: refers to $other, which is not there"
            ;;
        esac
    done
done > "$work/lost"
cat "$work/lost"
[ ! -s "$work/lost" ] || status=1
exit $status
