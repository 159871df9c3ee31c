#!/usr/bin/env bash
# VS Code in a browser without a screen, with the packaged extension and the real server on the worked example.
# Pictures of each stage are in dist/editors.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/vscode_tools.sh"

have_builders
have_code
command -v chromium >/dev/null || fail "chromium is needed and was not found"

run=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -rf "$run"
}
trap cleanup EXIT

build_extension "$run/build"
mkdir -p "$run/vsix" "$run/data/User" "$run/tests" "$run/pictures"
unzip -q "$run/build/redfirst.vsix" -d "$run/vsix"
cp "$tests/vscode.test.js" "$tests/expected.json" "$run/tests/"
cp "$tests/vscode_settings.json" "$run/data/User/settings.json"
ln -s "$builders/node_modules" "$run/tests/node_modules"
"$tests/make_workspace.sh" "$run/project"

export VIRTUAL_ENV=$root/.venv PATH=$root/.venv/bin:$PATH
export XDG_CONFIG_HOME=$run/xdg XDG_DATA_HOME=$run/xdg XDG_CACHE_HOME=$run/xdg HOME=$run
# VS Code takes PATH from a login shell, as it does for a person.
printf 'export PATH=%q VIRTUAL_ENV=%q\n' "$PATH" "$VIRTUAL_ENV" >"$run/.bash_profile"
export SHELL=/bin/bash
export EXTENSIONS_GALLERY='{"serviceUrl":""}' PICTURES=$run/pictures
"$code/node_modules/.bin/code-server" --bind-addr 127.0.0.1:0 --auth none --disable-telemetry --disable-update-check --disable-proxy \
    --disable-getting-started-override --user-data-dir "$run/data" --extensions-dir "$run/extensions" \
    --vscode-option enable-smoke-test-driver "$run/project" >"$run/server.log" 2>&1 &
server=$!
for _ in $(seq 300); do
    port=$(sed -n 's/.*listening on http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$run/server.log" | tail -n 1)
    [ -z "$port" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
[ -n "$port" ] || { cat "$run/server.log" >&2; fail "VS Code does not start"; }

status=0
CODE=$code timeout 400 node "$tests/vscode_browser.mjs" "$port" "$run/project" "$run/vsix/extension" "$run/tests/vscode.test.js" "$PICTURES" || status=$?
rm -rf "$root/dist/editors"
mkdir -p "$root/dist/editors"
cp "$PICTURES"/*.png "$root/dist/editors/" 2>/dev/null || true
if [ "$status" != 0 ]; then
    find "$run/data/logs" -name "*redfirst*.log" -exec tail -n 30 {} + >&2 || true
    fail "the VS Code suite failed; pictures are in dist/editors"
fi
