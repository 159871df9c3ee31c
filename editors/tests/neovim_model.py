"""Usage: neovim_model.py PROPOSAL. A model that proposes this file, until standard input ends."""  # noqa: INP001  # a program

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.support.model_server import Reply, model_server

with model_server() as server:
    module = Path(sys.argv[1]).read_text()
    server.script(Reply(json.dumps({"reasons": ["The name says more."], "module": module})))
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    sys.stdin.read()
