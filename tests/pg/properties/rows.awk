# Takes changes.sql apart for one server: -v version=15 -v to=DIRECTORY. Prints "NUMBER name" a row and makes
# NUMBER.sql, NUMBER.want (a change a line) and, where there is one, NUMBER.undo in the directory.

# within(RANGE): is version in 15+, -14, 14-16 or 15?
function within(range, ends) {
    if (range ~ /\+$/)
        return version >= range + 0
    if (range ~ /^-/)
        return version <= substr(range, 2) + 0
    if (split(range, ends, "-") == 2)
        return version >= ends[1] + 0 && version <= ends[2] + 0
    return version == range + 0
}

function finish() {
    if (number) {
        close(to "/" number ".sql")
        close(to "/" number ".want")
        close(to "/" number ".undo")
    }
}

/^-- / {
    finish()
    name = substr($0, 4)
    taken = 1
    if (match(name, / \([-+0-9]+\)$/)) {
        taken = within(substr(name, RSTART + 2, RLENGTH - 3))
        name = substr(name, 1, RSTART - 1)
    }
    if (!taken)
        next
    number++
    print number, name
    printf "" >(to "/" number ".want")
    next
}
/^# / || !taken { next }
/^--= \[/ {
    range = substr($2, 2, length($2) - 2)
    if (within(range))
        print substr($0, length($2) + 6) >(to "/" number ".want")
    next
}
/^--= nothing$/ { next }
/^--= / { print substr($0, 5) >(to "/" number ".want"); next }
/^--< / { print substr($0, 5) ";" >(to "/" number ".undo"); next }
/./ { print >(to "/" number ".sql") }
