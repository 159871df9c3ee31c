# Sourced: where the editors are kept, and how each gets there once. Nothing of it is in the repository.
cache=${REDFIRST_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/redfirst-editors}
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$tests/../.." && pwd)

fail() {
    echo "editors: $*" >&2
    exit 1
}

# within SECONDS COMMAND...: a machine without a way out must say so, not wait for ever
within() {
    local limit=$1 code=0
    shift
    timeout --kill-after=10 "$limit" "$@" || code=$?
    [ "$code" != 124 ] || echo "$1: no end within $limit seconds" >&2
    return "$code"
}

# keep NAME FUNCTION: runs FUNCTION in a new folder, which becomes $cache/NAME only when it ended well.
keep() {
    local place=$cache/$1 fresh
    [ -e "$place" ] && return
    mkdir -p "$cache"
    (
        flock 9 # who comes at the same time waits, and finds it there
        [ ! -e "$place" ] || exit 0
        fresh=$(mktemp -d "$cache/new.XXXXXX")
        echo "editors: setting up $1 (once)"
        if ! (cd "$fresh" && "$2") >"$cache/$1.log" 2>&1; then
            tail -n 20 "$cache/$1.log" >&2
            rm -rf "$fresh"
            fail "$1 could not be had; the whole log is $cache/$1.log"
        fi
        mv "$fresh" "$place"
    ) 9>"$cache/lock" || exit 1
}
