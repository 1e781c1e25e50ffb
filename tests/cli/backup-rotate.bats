# backup-rotate on a project of its own.
# shellcheck disable=SC2030,SC2031 # every test is a subshell of its own, as it should be

setup() {
    PROJECT="$BATS_TEST_TMPDIR/project"
    mkdir -p "$PROJECT/supabase"
    echo '{}' >"$PROJECT/supabase/monitor-config.json"
    cd "$PROJECT" || exit
    umask 022
    set -o pipefail
}

rotate() {
    "$BIN/backup-rotate" "$@"
}

# versions N: that many different contents of the set types.
versions() {
    for n in $(seq "$1"); do
        echo "version $n" >file.ts
        rotate add types file.ts --no-prune >/dev/null
    done
}

count() {
    rotate list types --json | jq length
}

code() {
    [ "$status" -eq "$1" ] || { echo "status $status: $output"; false; }
}

@test "add prints an id, and zstdcat reads what is stored" {
    echo hello >file.ts
    run rotate add types file.ts --reason "a test" --run R1
    code 0
    [[ "$output" =~ ^[0-9A-HJKMNP-TV-Z]{26}$ ]]
    sum=$(sha256sum file.ts | cut -d' ' -f1)
    [ "$(zstdcat "backups/types/objects/$sum.zst")" = hello ]
    rotate list types --json | jq -e --arg sum "$sum" '.[0] | .sha256 == $sum and .size == 6 and
        .name == "file.ts" and .reason == "a test" and .run == "R1" and .seq == 1 and .kept'
}

@test "directories are 0700 and files 0600, whatever the umask" {
    umask 000
    versions 1
    [ -z "$(find backups -type d ! -perm 700)" ]
    [ -z "$(find backups -type f ! -perm 600)" ]
}

@test "no change adds no file and prints the id there is" {
    echo same >file.ts
    first=$(rotate add types file.ts)
    before=$(cat backups/types/manifest.jsonl)
    [ "$(rotate add types file.ts)" = "$first" ]
    [ "$(cat backups/types/manifest.jsonl)" = "$before" ]
}

@test "a cycle that runs again adds nothing" {
    echo one >file.ts
    first=$(rotate add types file.ts --run R1)
    echo two >file.ts
    rotate add types file.ts --run R2
    echo one >file.ts
    [ "$(rotate add types file.ts --run R1)" = "$first" ]
    [ "$(count)" -eq 2 ]
    rotate add types file.ts --run R3
    [ "$(count)" -eq 3 ]
    [ "$(find backups/types/objects -name '*.zst' | wc -l)" -eq 2 ]
}

@test "add keeps the last ten, and what is pinned" {
    versions 3
    rotate pin types 2 "before v2"
    for n in $(seq 4 14); do
        echo "version $n" >file.ts
        rotate add types file.ts >/dev/null
    done
    [ "$(rotate list types --json | jq -c '[.[].seq]')" = '[2,5,6,7,8,9,10,11,12,13,14]' ]
    [ "$(find backups/types/objects -name '*.zst' | wc -l)" -eq 11 ]
    rotate list types | grep -q 'pinned: before v2'
    rotate verify
    rotate unpin types 2
    rotate prune types
    [ "$(count)" -eq 10 ]
    rotate verify
}

@test "more than half at once wants --yes" {
    versions 10
    run rotate prune types --keep 2
    code 64
    [ "$(count)" -eq 10 ]
    run rotate prune types --keep 2 --dry-run
    code 0
    [ "${#lines[@]}" -eq 8 ]
    [ "$(count)" -eq 10 ]
    rotate prune types --keep 2 --yes
    [ "$(count)" -eq 2 ]
    rotate verify
}

@test "what plan says, prune does" {
    versions 8
    planned=$(rotate plan types --keep 5 --json | jq -c '[.keep[].seq]')
    rotate prune types --keep 5
    [ "$(rotate list types --json | jq -c '[.[].seq]')" = "$planned" ]
    rotate prune types --keep 5
    [ "$(rotate list types --json | jq -c '[.[].seq]')" = "$planned" ]
}

@test "a policy that keeps nothing is refused" {
    versions 2
    run rotate prune types --keep 0
    code 64
    echo '{ "backups": { "keep": 0 } }' >supabase/monitor-config.json
    run rotate prune types
    code 78
    [ "$(find backups/types/objects -name '*.zst' | wc -l)" -eq 2 ]
}

@test "verify finds a damaged, a missing and an altered one" {
    versions 3
    run rotate verify
    code 0
    [ -z "$output" ]
    object=$(rotate list types --json | jq -r '.[1].sha256')
    printf X | dd of="backups/types/objects/$object.zst" bs=1 seek=12 conv=notrunc status=none
    run rotate verify types
    code 1
    [[ "$output" == *damaged* ]]
    rm "backups/types/objects/$object.zst"
    run rotate verify
    code 1
    sed -i 's/"size":10/"size":11/' backups/types/manifest.jsonl
    run rotate verify --json
    code 1
    echo "$output" | jq -e '.[] | select(.set == "types") | .findings | map(.what) |
        any(startswith("the chain is broken"))'
}

# objects: how many contents the set types holds.
objects() {
    find backups/types/objects -name '*.zst' ! -name '.*' | wc -l
}

@test "an object without a name is no finding, and goes when that is asked for" {
    versions 1
    orphan=backups/types/objects/$(printf '%064d' 7).zst
    echo x >"$orphan"
    echo x >"backups/types/objects/.$(printf '%064d' 8).zst.tmp"
    echo x >backups/types/objects/notes.txt
    run rotate verify
    code 0
    [ "${#lines[@]}" -eq 2 ]
    rotate prune types
    [ -e "$orphan" ]
    [ "$(find backups/types/objects -type f | wc -l)" -eq 3 ]
    rotate prune types --orphans
    [ ! -e "$orphan" ]
    [ -e backups/types/objects/notes.txt ]
    [ "$(find backups/types/objects -type f | wc -l)" -eq 2 ]
}

@test "nothing is collected while the manifest cannot be read" {
    versions 2
    sed -i '2s/^/x/' backups/types/manifest.jsonl
    run rotate prune types --orphans
    code 65
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" == *"the list of 'types' is damaged: line 2"* ]]
    run rotate prune types --dry-run
    code 65
    run rotate plan types
    code 65
    [ "$(objects)" -eq 2 ]
}

# What is done to the manifest of the set types.
# shellcheck disable=SC2016 # eval expands it
damages='rm -f $list
: >$list
echo >$list
head -1 $list >$list.cut; mv $list.cut $list
echo garbage >$list
head -c 64 /dev/zero >$list
printf x | dd of=$list bs=1 seek=90 conv=notrunc status=none'

@test "a lost or damaged manifest is a finding with a remedy, and list says so" {
    list=backups/types/manifest.jsonl
    versions 5
    cp -R backups whole
    while read -r damage; do
        rm -rf backups
        cp -R whole backups
        eval "$damage"
        run rotate verify
        code 1
        [[ "$output" == *"manifest.jsonl"* ]]
        [[ "$output" == *"types: remedy: put manifest.jsonl back"* ]]
        [[ "$output" != *"takes it"* ]]
        run rotate verify --json types
        echo "$output" | jq -e '.[0].remedy and (.[0].findings | length > 0)'
        for form in --quiet --json; do
            run rotate list types "$form"
            code 65
            [[ "${lines[-1]}" == "backup-rotate: the list of 'types' is damaged: "* ]]
        done
    done <<<"$damages"
}

@test "list prints what can be read of a damaged manifest" {
    versions 3
    sed -i '3s/^/x/' backups/types/manifest.jsonl
    run rotate list types
    code 65
    [ "${#lines[@]}" -eq 3 ]
    [[ "${lines[0]}" == "1  "* ]]
    [[ "${lines[1]}" == "3  "* ]]
    [[ "${lines[2]}" == *"damaged: line 3: a line that cannot be read"* ]]
}

@test "nothing is ever collected after the manifest was lost or damaged" {
    list=backups/types/manifest.jsonl
    versions 5
    cp -R backups whole
    while read -r damage; do
        rm -rf backups
        cp -R whole backups
        eval "$damage"
        for n in 6 7 8 9; do
            echo "version $n" >file.ts
            run rotate add types file.ts --keep 2
            code 0
            [[ "$output" == *"is damaged: "*"; nothing is removed"* ]]
            run rotate prune types --keep 1 --yes --orphans
            code 65
        done
        [ "$(objects)" -eq 9 ]
        [ "$(rotate list types --json 2>/dev/null | jq 'map(select(.size == 10)) | length')" -ge 4 ]
        rotate restore types newest --to restored.ts
        cmp file.ts restored.ts
        run rotate verify types
        code 1
    done <<<"$damages"
}

@test "a manifest that lost its end loses no content" {
    versions 6
    rotate prune types --keep 5
    list=backups/types/manifest.jsonl
    for kept in 2 3 4; do
        head -n "$kept" $list >cut.jsonl
        cp -R backups whole
        mv cut.jsonl $list
        for n in 7 8 9; do
            echo "version $n" >file.ts
            rotate add types file.ts --keep 2 >/dev/null
            rotate prune types --keep 2 || [ "$?" -eq 65 ]
        done
        for n in 4 5 6; do
            sum=$(echo "version $n" | sha256sum | cut -d' ' -f1)
            [ -e "backups/types/objects/$sum.zst" ]
        done
        rm -rf backups
        mv whole backups
    done
}

@test "a content that came back after it was pruned survives the end of its manifest" {
    list=backups/types/manifest.jsonl
    versions 3
    rotate prune types --keep 2
    echo "version 1" >file.ts
    rotate add types file.ts --no-prune
    sed -i '$d' $list
    rotate prune types
    [ "$(objects)" -eq 3 ]
}

@test "what a killed first add leaves is no damage" {
    versions 1
    rm backups/types/manifest.jsonl
    rotate verify
    rotate list types
    rotate prune types
    [ "$(objects)" -eq 1 ]
    versions 2
    rotate verify
    [ "$(objects)" -eq 2 ]
    [ "$(count)" -eq 2 ]
}

@test "moving the damaged set away begins anew" {
    versions 3
    rm backups/types/manifest.jsonl
    mv backups/types types.damaged
    versions 2
    rotate verify
    [ "$(count)" -eq 2 ]
}

@test "what an interrupted prune left goes with the next one" {
    versions 3
    cp -R backups/types/objects before
    rotate prune types --keep 2
    [ "$(objects)" -eq 2 ]
    cp before/* backups/types/objects
    run rotate verify types
    code 0
    [[ "$output" == *"the next prune takes it"* ]]
    rotate prune types
    [ "$(objects)" -eq 2 ]
}

@test "restore puts it back and saves what was there" {
    versions 3
    echo mine >file.ts
    run rotate restore types 1 --to file.ts --dry-run
    code 0
    [ "$(cat file.ts)" = mine ]
    [ ! -e backups/workspace ]
    run rotate restore types 1 --to file.ts --json
    code 0
    [ "$(cat file.ts)" = "version 1" ]
    echo "$output" | jq -e '.changed and (.saved | length == 26)'
    rotate restore workspace newest --to file.ts
    [ "$(cat file.ts)" = mine ]
    run rotate restore workspace 1 --to file.ts
    [[ "$output" == "already there"* ]]
}

@test "restore goes nowhere but into the project" {
    versions 1
    run rotate restore types 1 --to "$BATS_TEST_TMPDIR/elsewhere"
    code 64
    run rotate restore types 1 --to ../elsewhere
    code 64
    run rotate restore types 1 --to backups/types/manifest.jsonl
    code 64
    run rotate restore types 1 --to "$PROJECT"
    code 64
    [ ! -e "$BATS_TEST_TMPDIR/elsewhere" ]
    rotate restore types 1 --to "$BATS_TEST_TMPDIR/elsewhere" --outside
    [ "$(cat "$BATS_TEST_TMPDIR/elsewhere")" = "version 1" ]
}

@test "restore follows no symbolic link" {
    versions 1
    mkdir "$BATS_TEST_TMPDIR/victim"
    echo safe >"$BATS_TEST_TMPDIR/victim/file"
    ln -s "$BATS_TEST_TMPDIR/victim" link
    ln -s "$BATS_TEST_TMPDIR/victim/file" name
    for target in link/file link/new name; do
        run rotate restore types 1 --to "$target"
        code 77
    done
    [ "$(cat "$BATS_TEST_TMPDIR/victim/file")" = safe ]
    [ "$(ls "$BATS_TEST_TMPDIR/victim")" = file ]
}

@test "no part of backups may be a symbolic link" {
    mkdir "$BATS_TEST_TMPDIR/victim"
    echo x >file.ts
    ln -s "$BATS_TEST_TMPDIR/victim" backups
    run rotate add types file.ts
    code 77
    rm backups
    mkdir backups
    ln -s "$BATS_TEST_TMPDIR/victim" backups/types
    run rotate add types file.ts
    code 77
    [ -z "$(ls "$BATS_TEST_TMPDIR/victim")" ]
}

@test "a damaged backup is not restored" {
    versions 1
    for object in backups/types/objects/*; do echo x >"$object"; done
    echo mine >file.ts
    run rotate restore types 1 --to file.ts
    code 65
    [ "$(cat file.ts)" = mine ]
}

@test "what does not exist is said plainly" {
    run rotate add nonsense file.ts
    code 64
    run rotate add type file.ts
    [[ "$output" == *"did you mean 'types'"* ]]
    run rotate add types nofile
    code 65
    run rotate restore types newest --to x
    code 65
    run rotate list
    code 64
    run rotate diff types 1 2
    code 64
    run rotate list types
    code 0
    [ -z "$output" ]
}

@test "hostile names and reasons cannot move the cursor" {
    name=$(printf 'a\033[31mb')
    echo x >"$name"
    rotate add types "$name" --reason "$(printf 'r\033]0;t\007')" >/dev/null
    run rotate list types
    code 0
    [[ "$output" != *$'\033'* ]]
}

@test "nothing on stdin is no backup" {
    run rotate add types - </dev/null
    code 65
    echo y | rotate add types - >/dev/null
    [ "$(count)" -eq 1 ]
}

@test "two writers at once lose nothing" {
    for n in 1 2 3 4 5 6; do
        echo "writer $n" >"file.$n"
        rotate add types "file.$n" >/dev/null 3>&- &
    done
    wait
    [ "$(count)" -eq 6 ]
    rotate verify
}

@test "failing and killed calls leave a set that verifies" {
    command -v strace >/dev/null || skip "strace is not there"
    strace -o /dev/null true || skip "strace may not trace here"
    "$SOURCE/tests/fault/backup.sh" fast
}
