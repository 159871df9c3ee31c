#!/usr/bin/env bash
# Debian's Emacs with its eglot, without a screen, and the real server on the worked example.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/debian.sh"

debian emacs-nox elpa-eglot elpa-yaml-mode

run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT
"$tests/make_workspace.sh" "$run/project"
export HOME=$run VIRTUAL_ENV=$root/.venv PATH=$root/.venv/bin:$PATH
timeout 300 emacs --batch -Q -l "$tests/eglot.el" "$run/project" 2>"$run/said" || {
    cat "$run/said" >&2
    fail "the eglot suite failed"
}
