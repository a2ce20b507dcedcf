"""``python -m diplorel`` is the command ``diplorel``."""

import sys

from diplorel.cli import main

if __name__ == "__main__":
    sys.exit(main())
