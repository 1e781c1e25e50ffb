# Completion in bash for schema and the tools of the Schema Monitor: source this file, or put it in
# the directory of bash-completion under each name. Options and commands are what --help says at
# that moment, so there is no list here to keep. For bash 3.2, macOS's, and later.
# shellcheck disable=SC2207 # split at newlines, that is what IFS says

_schema_monitor() {
    local program=$1 current=$2 previous=$3 help value='' word words command commands
    local IFS=$'\n'

    COMPREPLY=()
    help=$("$program" --help 2> /dev/null) || return

    # The value of an option: "  -C, --project DIR   the project". Letters in a row are not taken apart.
    case $previous in
    --*[!a-z-]*) ;;
    --*) value=$(sed -n "s/^ *\(-., \)\{0,1\}$previous \([A-Z]\{1,\}\) .*/\2/p" <<< "$help") ;;
    -[A-Za-z]) value=$(sed -n "s/^ *$previous, --[a-z-]* \([A-Z]\{1,\}\) .*/\1/p" <<< "$help") ;;
    esac
    case $value in
    '') ;;
    DIR) COMPREPLY=($(compgen -d -- "$current")) && return ;;
    FILE | PATH | OLD) COMPREPLY=($(compgen -f -- "$current")) && return ;;
    *)
        # "-f, --format NAME   one of text json"
        words=$(sed -n "/^ *\(-., \)\{0,1\}$previous $value /s/.* one of //p; /^ *$previous, --[a-z-]* $value /s/.* one of //p" <<< "$help")
        COMPREPLY=($(compgen -W "${words// /$IFS}" -- "$current"))
        return
        ;;
    esac

    case $current in
    -*)
        COMPREPLY=($(compgen -W "$(
            sed -n 's/^ \{2,6\}\(-., \)\{0,1\}\(--[a-z-]*\).*/\2/p' <<< "$help"
        )" -- "$current"))
        return
        ;;
    esac

    # "Commands:", one a line, until the next heading.
    commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z-]\{1,\}\) .*/\1/p' <<< "$help")
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        for command in $commands; do
            [ "$word" != "$command" ] || commands=
        done
    done
    if [ -n "$commands" ]; then
        COMPREPLY=($(compgen -W "$commands" -- "$current"))
    else
        COMPREPLY=($(compgen -f -- "$current"))
    fi
}

complete -o filenames -F _schema_monitor schema schema-snapshot schema-diff gen-ts-types \
    gen-schema-docs validate-run notify backup-rotate dash-serve
