"""Start the copy of redfirst that came with the extension, on the Python that runs this file."""  # noqa: INP001 - no package

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "libs"))

from redfirst.cli.main import main

sys.exit(main())
