"""The days of a journey that lasts longer than its test: ahead of the machine's clock, for Python and the database."""

from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.utils import timezone

from jobbro.cli.database import owner_url

# As in the first migration of the audit, so many days ahead. The database is made anew after each committing test.
_TODAY = """
create or replace function app_today() returns date language sql stable as
$$ select ((now() + interval '{days} days') at time zone 'Europe/Copenhagen')::date $$
"""


class Days:
    """Today in the journey; time only goes forward. Who was logged in before has to log in again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._now, self._ahead = timezone.now, timedelta()
        monkeypatch.setattr(timezone, "now", self.now)

    def now(self) -> datetime:
        return self._now() + self._ahead

    @property
    def today(self) -> date:
        return timezone.localdate()

    def go_to(self, day: date) -> None:
        """It is this day, at the machine's time of the day."""
        assert day >= self.today, f"{day} has been"
        self._ahead += timedelta(days=(day - self.today).days)
        with psycopg.connect(owner_url(), autocommit=True) as owner:
            owner.execute(_TODAY.format(days=self._ahead.days))
