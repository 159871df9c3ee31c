#!/usr/bin/env bash
# Builds dist/redfirst.vsix.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/vscode_tools.sh"

run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT
have_builders
build_extension "$run/extension"
echo "dist/redfirst.vsix"
