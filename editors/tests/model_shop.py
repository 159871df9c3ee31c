"""Usage: model_shop.py FOLDER. A small project in FOLDER/project, and a model at FOLDER/url."""  # noqa: INP001  # a program

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from tests.model.shop import GOOD, make_shop
from tests.model.test_refactor import BETTER
from tests.support.model_server import Reply, model_server

folder = Path(sys.argv[1])
make_shop(folder / "project")
(folder / "good.py").write_text(GOOD)
(folder / "better.py").write_text(BETTER)

with model_server() as server:
    server.script(Reply(json.dumps({"reasons": ["It is shorter."], "module": BETTER})))
    (folder / "url.new").write_text(server.url)
    (folder / "url.new").rename(folder / "url")
    threading.Event().wait()
