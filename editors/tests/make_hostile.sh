#!/usr/bin/env bash
# usage: make_hostile.sh FOLDER: the worked example with programs wherever something might start one; each writes to FOLDER/started
set -euo pipefail
"$(dirname "${BASH_SOURCE[0]}")/make_workspace.sh" "$1"
mkdir -p "$1/bin" "$1/.venv/bin" "$1/.vscode"
for program in bin/redfirst bin/python bin/python3 .venv/bin/redfirst .venv/bin/python .venv/bin/python3; do
    printf '#!/bin/sh\necho "$0 $*" >>"%s/started"\nexec sleep 100\n' "$1" >"$1/$program"
    chmod +x "$1/$program"
done
touch "$1/.venv/pyvenv.cfg"
for module in conftest sitecustomize redfirst pytest tests/conftest payments/__init__ payments/retry; do
    printf 'open("%s/started", "a").write("%s\\n")\n' "$1" "$module" >"$1/$module.py"
done
echo 'python = "bin/python"' >>"$1/pyproject.toml"
cat >"$1/.vscode/settings.json" <<SETTINGS
{
  "redfirst.server.path": "$1/bin/redfirst",
  "redfirst.python": "$1/bin/python",
  "python.defaultInterpreterPath": "$1/.venv/bin/python"
}
SETTINGS
