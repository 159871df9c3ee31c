# Sourced after cache.sh: Node, VS Code (code-server), a browser, and what builds the extension.
source "$tests/debian.sh"

node_version=24.9.0
code_version=4.139.1
browser_version=1.65.1
libs=(attrs cattrs lsprotocol pygls pyyaml typing-extensions) # what the server imports

command -v npm >/dev/null || debian npm
command -v npm >/dev/null || fail "npm is needed: install Node.js with npm, then try again"

# fetch PACKAGE...: from npm, with a limit on each answer and on all of it
fetch() {
    within 600 npm install --no-audit --no-fund --fetch-timeout=60000 --fetch-retries=2 "$@"
}

install_node() {
    echo '{"private": true}' >package.json
    fetch "node@$node_version" &&
        node_modules/.bin/node --version
}

install_code() {
    echo '{"private": true}' >package.json
    fetch --ignore-scripts "code-server@$code_version" "playwright-core@$browser_version" &&
        (cd node_modules/code-server/lib/vscode && finish_code) &&
        node_modules/.bin/code-server --version
}

# As its own script does, but without compiling what only other logins, other stores and a desktop need: that takes minutes.
finish_code() {
    fetch --omit=dev --ignore-scripts &&
        (cd extensions && fetch --omit=dev --ignore-scripts) &&
        ln -sf code-linux.sh bin/remote-cli/code-server &&
        ln -sf browser-linux.sh bin/helpers/browser.sh
}

install_builders() {
    cp "$root/editors/vscode/package.json" .
    fetch && node_modules/.bin/esbuild --version
}

# Without what was compiled for one Python: PyYAML does without.
install_libs() {
    within 300 "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --timeout 30 --no-deps --no-compile \
        --target . -c "$root/constraints.txt" "${libs[@]}" &&
        find . \( -name '*.so' -o -name __pycache__ -o -name bin -o -name direct_url.json \) -prune -exec rm -rf {} +
}

# hash WHAT: a short name for the text on standard input
hash() { sha256sum | cut -c 1-12; }

have_builders() {
    keep "node-$node_version" install_node
    export PATH=$cache/node-$node_version/node_modules/.bin:$PATH
    local wanted name
    wanted=$(sed -n '/"devDependencies"/,/}/p' "$root/editors/vscode/package.json" | hash)
    keep "vscode-builders-$wanted" install_builders
    builders=$cache/vscode-builders-$wanted
    name=vscode-libs-$(echo "${libs[*]}" | cat - "$root/constraints.txt" | hash)
    keep "$name" install_libs
    shipped=$cache/$name
}

have_code() {
    mkdir -p "$cache"
    command -v dpkg >/dev/null || fail "VS Code is set up with Debian's packages, and there is no dpkg here"
    debian chromium fonts-dejavu-core strace unzip
    command -v chromium >/dev/null || fail "chromium is needed and was not found"
    keep "vscode-$code_version" install_code
    code=$cache/vscode-$code_version
}

# build_extension FOLDER: type-checks, bundles and packages there; leaves dist/redfirst.vsix in the repository.
build_extension() {
    mkdir -p "$1" "$root/dist"
    cp -r "$root/editors/vscode/." "$1"
    cp "$root/LICENSE" "$1/"
    mkdir -p "$1/schemas"
    cp "$root/schemas/spec.schema.json" "$1/schemas/"
    cp -r "$shipped" "$1/server/libs"
    cp -r "$root/server/redfirst" "$1/server/libs/"
    mkdir -p "$1/server/libs/redfirst/shipped/docs"
    cp -r "$root/schemas" "$1/server/libs/redfirst/shipped/"
    cp -r "$root/docs/findings" "$1/server/libs/redfirst/shipped/docs/"
    find "$1/server" -name __pycache__ -prune -exec rm -rf {} +
    ln -s "$builders/node_modules" "$1/node_modules"
    (cd "$1" && within 300 npm run --silent package) >"$1/build.log" 2>&1 || {
        cat "$1/build.log" >&2
        fail "the extension could not be built"
    }
    cp "$1/redfirst.vsix" "$root/dist/redfirst.vsix"
}
