#!/usr/bin/env bash
# Fetches VS Code, a browser and what builds the extension; fails where one of them cannot be had.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/cache.sh"
source "$tests/vscode_tools.sh"

have_builders
have_code
