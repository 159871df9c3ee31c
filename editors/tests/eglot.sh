#!/usr/bin/env bash
# Debian's Emacs with its eglot, without a screen, and the real server on the worked example.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/debian.sh"
source "$tests/mute.sh"

debian emacs-nox elpa-eglot elpa-yaml-mode

run=$(mktemp -d)
# What a server has started may still write there, as long as it takes to end.
trap 'for turn in {1..100}; do rm -rf "$run" 2>/dev/null && break; sleep 0.1; done' EXIT
export HOME=$run LC_ALL=C.UTF-8 VIRTUAL_ENV=$root/.venv PATH=$root/.venv/bin:$PATH

suite() {
    "$tests/make_workspace.sh" "$1"
    rm "$1/payments/retry.py"
    timeout 1800 emacs --batch -Q -l "$tests/eglot.el" "$1" "$tests/expected.json" 2>"$run/said" || {
        cat "$run/said" >&2
        return 1
    }
}

suite "$run/project" || fail "the eglot suite failed"

# It can fail: it does with a server that says nothing.
mkdir "$run/bin"
mute 9.9.9 >"$run/bin/redfirst"
chmod +x "$run/bin/redfirst"
PATH=$run/bin:$PATH REDFIRST_PATIENCE=2000 suite "$run/mute" >"$run/mute.out" 2>&1 && fail "the eglot suite passed with a mute server"
grep -q '^NOT OK - a broken line is underlined' "$run/mute.out" || {
    cat "$run/mute.out" >&2
    fail "with a mute server the eglot suite failed for another reason"
}
echo "eglot: the suite fails with a mute server, as it must"
