"""`python -m benchmarks._opening_steps load 200000` fills a database; `keep` writes the market as the worker does."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import psycopg

from jobbro.cli.database import OWNER_URL
from jobbro.cli.django_setup import start_django


def main() -> None:
    """One step of a bench, on the database of the environment."""
    start_django()
    if sys.argv[1] == "load":
        # Models are there when Django has been started.
        from benchmarks._openings import load_openings

        with psycopg.connect(os.environ[OWNER_URL]) as connection:
            load_openings(connection, count=int(sys.argv[2]), at=datetime.now(tz=UTC))
    else:
        from jobbro.apps.matching.market import keep_market

        keep_market()


if __name__ == "__main__":
    main()
