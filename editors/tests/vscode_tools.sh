# Sourced after cache.sh: Node, VS Code (code-server), a browser, and what builds the extension. Sets `tools` and `browser`.
node_version=24.9.0
code_version=4.139.1
browser_version=1.65.1

command -v npm >/dev/null || fail "npm is needed: install Node.js with npm, then try again"

install_node() {
    echo '{"private": true}' >package.json
    npm install --no-package-lock "node@$node_version"
    node_modules/.bin/node --version
}

install_code() {
    echo '{"private": true}' >package.json
    npm install --no-package-lock "code-server@$code_version" "playwright-core@$browser_version"
    node_modules/.bin/code-server --version
}

install_builders() {
    cp "$root/editors/vscode/package.json" .
    npm install --no-package-lock
    node_modules/.bin/esbuild --version
}

# Debian's packages, where they are missing and may be installed.
debian() {
    local missing=() package
    for package; do
        dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    [ "$(id -u)" = 0 ] || fail "install these packages first: ${missing[*]}"
    echo "editors: installing ${missing[*]}"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$cache/debian.log" 2>&1 ||
        fail "could not install ${missing[*]}; the log is $cache/debian.log"
}

have_builders() {
    keep "node-$node_version" install_node
    export PATH=$cache/node-$node_version/node_modules/.bin:$PATH
    local wanted
    wanted=$(sha256sum <"$root/editors/vscode/package.json")
    keep "vscode-builders-${wanted:0:12}" install_builders
    builders=$cache/vscode-builders-${wanted:0:12}
}

have_code() {
    mkdir -p "$cache"
    command -v dpkg >/dev/null || fail "VS Code is set up by Debian's packages, and there is no dpkg here"
    debian build-essential pkg-config python3 libkrb5-dev chromium fonts-dejavu-core unzip
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
    ln -s "$builders/node_modules" "$1/node_modules"
    (cd "$1" && npm run --silent package) >"$1/build.log" 2>&1 || {
        cat "$1/build.log" >&2
        fail "the extension could not be built"
    }
    cp "$1/redfirst.vsix" "$root/dist/redfirst.vsix"
}
