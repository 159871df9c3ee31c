# Sourced after cache.sh.

# mute VERSION: a program that is a server of that version, and says nothing more
mute() { printf '#!/bin/sh\nexec %q %q %q\n' "$root/.venv/bin/python" "$tests/mute_server.py" "$1"; }
