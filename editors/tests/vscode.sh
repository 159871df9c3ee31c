#!/usr/bin/env bash
# VS Code in a browser without a screen, with the packaged extension and the real server on the worked example.
# Pictures of each stage are in dist/editors. `REDFIRST_SESSIONS="story fresh"` picks some of the sessions below.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/vscode_tools.sh"

have_builders
have_code

run=$(mktemp -d)
server= shop=
export HOME=$run/home
trap 'stop_code || true; rm -rf "$run"' EXIT

# left: the processes that a session started, by the home that they were given
left() (HOME=/ && grep -lzxF "HOME=$run/home" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3 || true)

# stop_code: ends what a session started, and waits until all of it is gone
stop_code() {
    local pid deadline=$((SECONDS + 120))
    for pid in $server $shop; do
        { kill "$pid" && wait "$pid"; } 2>/dev/null || true
    done
    server= shop=
    while [ -n "$(left)" ]; do
        [ $SECONDS -lt $deadline ] || {
            for pid in $(left); do
                echo "NOT OK - still there: $(tr '\0' ' ' <"/proc/$pid/cmdline")" >&2
                kill -KILL "$pid" || true
            done
            return 1
        }
        sleep 0.2
    done
}

build_extension "$run/build"
mkdir -p "$run/vsix" "$run/tests" "$run/pictures" "$run/tmp" "$HOME"
unzip -q "$run/build/redfirst.vsix" -d "$run/vsix"
cp "$tests"/vscode*.js "$tests/expected.json" "$run/tests/"
ln -s "$builders/node_modules" "$run/tests/node_modules"

export VIRTUAL_ENV=$root/.venv PATH=$root/.venv/bin:$PATH TMPDIR=$run/tmp
export XDG_CONFIG_HOME=$run/xdg XDG_DATA_HOME=$run/xdg XDG_CACHE_HOME=$run/xdg
export SHELL=/bin/bash EXTENSIONS_GALLERY='{"serviceUrl":""}' CODE=$code PICTURES=$run/pictures STORY=$run/story
unset ANTHROPIC_API_KEY ANTHROPIC_BASE_URL REDFIRST_MODEL
# What a folder forbids does not hold for root, unless root gives that up.
mortal=()
[ "$(id -u)" != 0 ] || mortal=(setpriv --bounding-set=-dac_override)

code_server=("$code/node_modules/.bin/code-server" --auth none --disable-telemetry --disable-update-check --disable-proxy
    --disable-getting-started-override)

# start_code NAME WORKSPACE SETTINGS COMMAND...: VS Code by COMMAND with a profile of its own; sets `port`
start_code() {
    local data=$run/$1-data workspace=$2
    mkdir -p "$data/User" "$data/Machine"
    cp "$3" "$data/User/settings.json"
    cp "$3" "$data/Machine/settings.json" # where a window that is not on this machine has what only a machine may set
    shift 3
    # VS Code takes PATH from a login shell, as it does for a person.
    printf 'export PATH=%q VIRTUAL_ENV=%q\n' "$PATH" "$VIRTUAL_ENV" >"$HOME/.bash_profile"
    "$@" --bind-addr 127.0.0.1:0 --user-data-dir "$data" "$workspace" >"$data/server.log" 2>&1 &
    server=$!
    local deadline=$((SECONDS + 180))
    while [ $SECONDS -lt $deadline ]; do
        port=$(sed -n 's/.*listening on http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$data/server.log" | tail -n 1)
        [ -z "$port" ] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    cat "$data/server.log" >&2
    fail "VS Code does not start"
}

# tell_more NAME: what the extension wrote in a session that failed
tell_more() { find "$run/$1-data/logs" \( -name "*redfirst*.log" -o -name remoteexthost.log \) -exec tail -n 30 {} + >&2 || true; }

make_story() {
    mkdir -p "$STORY/pythons"
    "$tests/make_workspace.sh" "$STORY/project"
    mv "$STORY/project/payments/retry.py" "$STORY/retry.py"
    "$tests/make_workspace.sh" "$STORY/keyless"
    sed -i 's/^edge_case:/edge_cases:/' "$STORY/keyless/specs/retry.yml"
    echo 'provider = "anthropic"' >>"$STORY/keyless/pyproject.toml"
    printf '#!/bin/sh\necho redfirst 0.0.1\n' >"$STORY/old-redfirst"
    printf '#!/bin/sh\necho 3.9\n' >"$STORY/pythons/python3"
    printf '#!/bin/sh\nexec %q "$@"\n' "$(readlink -f "$root/.venv/bin/python")" >"$STORY/python-new"
    printf '#!/bin/sh\nexec %q "$@"\n' "$root/.venv/bin/redfirst" >"$STORY/new-redfirst"
    chmod +x "$STORY"/*-redfirst "$STORY"/python-new "$STORY/pythons/python3"
}

# in_extension_host TESTS: a story, told by tests in the extension host that look at the screen
in_extension_host() {
    timeout --kill-after=60 1900 node "$tests/vscode_browser.mjs" "$port" "$STORY/project" "$run/tests/$1" "$PICTURES" "$run/vsix/extension"
}

story() {
    make_story
    start_code story "$STORY/project" "$tests/vscode_settings.json" \
        "${mortal[@]}" "${code_server[@]}" --extensions-dir "$run/none" --vscode-option enable-smoke-test-driver
    in_extension_host vscode.test.js
}

# companions: beside stand-ins for other extensions, with models
companions() {
    local environment
    rm -rf "$STORY"
    for environment in env-a env-b; do
        mkdir -p "$STORY/$environment/bin"
        printf '#!/bin/sh\nENVIRONMENT=%s exec %q "$@"\n' "$environment" "$root/.venv/bin/redfirst" >"$STORY/$environment/bin/redfirst"
        chmod +x "$STORY/$environment/bin/redfirst"
    done
    PYTHONPATH=$root "$root/.venv/bin/python" "$tests/model_shop.py" "$STORY" &
    shop=$!
    cp -r "$tests/companions" "$run/companions-extensions"
    sed '/disableAIFeatures/d' "$tests/vscode_settings.json" >"$run/companions.json"
    start_code companions "$STORY/project" "$run/companions.json" \
        "${code_server[@]}" --extensions-dir "$run/companions-extensions" --vscode-option enable-smoke-test-driver
    in_extension_host vscode_companions.test.js
}

restricted() {
    "$tests/make_hostile.sh" "$run/hostile"
    install_extension restricted
    PATH=$run/hostile/bin:$PATH start_code restricted "$run/hostile" "$tests/vscode_fresh_settings.json" \
        strace --daemonize --follow-forks --seccomp-bpf --trace=execve --signal=none --quiet=all --output="$run/programs" \
        "${code_server[@]}" --extensions-dir "$run/restricted-extensions"
    timeout --kill-after=60 900 node "$tests/vscode_restricted.mjs" "$port" "$run/hostile" "$PICTURES" || return 1
    stop_code || return 1
    if grep -F "$run/hostile/" "$run/programs" | grep -v ENOENT >&2; then
        echo "NOT OK - a program was started with a part of that workspace"
        return 1
    fi
    echo "ok - of $(wc -l <"$run/programs") programs that were started, none is of the workspace"
}

fresh() {
    "$tests/make_workspace.sh" "$run/fresh"
    sed -i 's/^edge_case:/edge_cases:/' "$run/fresh/specs/retry.yml"
    install_extension fresh
    start_code fresh "$run/fresh" "$tests/vscode_fresh_settings.json" "${code_server[@]}" --extensions-dir "$run/fresh-extensions"
    timeout --kill-after=60 900 node "$tests/vscode_fresh.mjs" "$port" "$run/fresh" "$PICTURES"
}

# mute: a server that says nothing must make the story fail, or it would tell nothing
mute() {
    rm -rf "$STORY"
    make_story
    printf '#!/bin/sh\n[ "$1" = lsp ] || { echo redfirst 0.1.0; exit; }\nexec cat >/dev/null\n' >"$STORY/mute"
    chmod +x "$STORY/mute"
    sed "s|{|{ \"redfirst.server.path\": \"$STORY/mute\",|" "$tests/vscode_settings.json" >"$run/mute.json"
    REDFIRST_PATIENCE=10000 start_code mute "$STORY/project" "$run/mute.json" \
        "${code_server[@]}" --extensions-dir "$run/none" --vscode-option enable-smoke-test-driver
    ! PICTURES=$run/mute-pictures in_extension_host vscode.test.js || return 1
    echo "ok - with a mute server the story fails"
}

install_extension() {
    "${code_server[@]}" --user-data-dir "$run/$1-data" --extensions-dir "$run/$1-extensions" --install-extension "$run/build/redfirst.vsix" \
        >"$run/$1-install.log" 2>&1 || { cat "$run/$1-install.log" >&2 && fail "the extension cannot be installed"; }
}

failed=
for session in ${REDFIRST_SESSIONS:-story companions restricted fresh mute}; do
    "$session" || {
        failed="$failed $session"
        tell_more "$session"
    }
    stop_code || failed="$failed $session"
done
rm -rf "$root/dist/editors"
mkdir -p "$root/dist/editors"
cp "$run"/pictures/*.png "$root/dist/editors/" 2>/dev/null || true
[ -z "$failed" ] || fail "VS Code:$failed failed; pictures are in dist/editors"
