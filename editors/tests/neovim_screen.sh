#!/usr/bin/env bash
# usage: neovim_screen.sh NVIM FOLDER
# What a person sees of Neovim in a terminal, with keys pressed. Each screen is kept in dist/editors as text.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/debian.sh"
command -v tmux >/dev/null || debian tmux

nvim=$1 run=$2 kept=$root/dist/editors
export LC_ALL=C.UTF-8 TMUX_TMPDIR=$run
mkdir -p "$kept" "$run"
rm -f "$kept"/neovim-*.txt
"$tests/make_workspace.sh" "$run/project"
cat >"$run/init.lua" <<END
vim.opt.runtimepath:append('$root/editors/neovim')
vim.g.loaded_python3_provider = 0
vim.o.swapfile = false
vim.diagnostic.config({ virtual_text = true })
vim.lsp.inlay_hint.enable()
vim.lsp.enable('redfirst')
END

terminal() { tmux -u -L redfirst "$@"; }
press() { terminal send-keys -t 0 "$@"; }
screen() { terminal capture-pane -p -t 0; }
trap 'terminal kill-server 2>/dev/null || true' EXIT

# see NAME PATTERN...: waits until the screen holds all of them
see() {
    local name=$1 shown pattern missing end=$((SECONDS + 180))
    shift
    while :; do
        shown=$(screen) missing=
        for pattern; do grep -qE -- "$pattern" <<<"$shown" || missing=$pattern; done
        [ -n "$missing" ] || break
        [ "$SECONDS" -lt "$end" ] || { echo "$shown" >&2 && fail "$name: the screen does not show $missing"; }
        sleep 0.1
    done
    echo "$shown" >"$kept/neovim-$name.txt"
    echo "ok - seen in a terminal: $name"
}

cd "$run/project"
terminal -f /dev/null new-session -d -x 130 -y 36 "$nvim" -u "$run/init.lua" specs/retry.yml
press '/^edge_case' Enter
see 1-broken-line 'edge_case: .*Did you mean'
press 'gra'
see 2-fixes '[0-9]: Write .edge_cases'
press "$(screen | sed -nE 's/^ *([0-9]+): Write .edge_cases.*/\1/p')" Enter
see 3-mended '^ *edge_cases:$'
press ':w | Redfirst generate' Enter
see 4-generated 'tests of .specs/retry.yml.: red'
press ':e | /EC-backoff' Enter
see 5-verdicts 'EC-backoff ✓ red'
press ':Redfirst run' Enter
see 6-run 'runs green'
press ':e payments/retry.py | /raise ValueError' Enter zz
see 7-marks '^! +raise ValueError\("attempt' '^~ +if attempt < 1:' '^│ +if len\('
press ':Redfirst gaps' Enter
see 8-gaps 'payments/retry.py\|[0-9]+.*\|.*never'
press ':cclose | e tests/test_plan_retry.py' Enter 'Go# mine' Escape ':w | e specs/retry.yml | Redfirst regenerate' Enter
see 9-consent '^-.*# mine' '\(C\)hange, \[L\]eave'
press 'c'
see 10-replaced 'tests of .specs/retry.yml.: red'
press ':wall | b tests/test_plan_retry.py' Enter G
see 11-written '^tests/test_plan_retry.py +'
! grep '# mine' tests/test_plan_retry.py || fail "what was agreed to was not done"
press ':qa!' Enter
while terminal has-session 2>/dev/null; do sleep 0.1; done
