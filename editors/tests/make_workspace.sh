#!/usr/bin/env bash
# usage: make_workspace.sh FOLDER: a copy of the worked example, with one broken line, no tests and a case too few
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mkdir -p "$1/specs" "$1/payments" "$1/tests"
printf '[tool.redfirst]\nspecs = ["specs"]\ntests = "tests"\n' > "$1/pyproject.toml"
# Without the case of a batch tried before its first attempt, one line of the code is reached by no test.
sed -e 's/^edge_cases:/edge_case:/' -e '/case: attempt below one/,/^$/d' specs/retry.yml > "$1/specs/retry.yml"
cp payments/__init__.py payments/retry.py "$1/payments/"
printf 'items:\n  - none of our business\n' > "$1/notes.yml"
