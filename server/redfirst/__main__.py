"""`python -m redfirst` is the command line."""

import sys

from redfirst.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
