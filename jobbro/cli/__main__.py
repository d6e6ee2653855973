"""`python -m jobbro.cli` is the same as `jobbro`."""

import sys

from jobbro.cli.main import main

sys.exit(main())
