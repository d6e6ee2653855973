"""Why an act was not done; the pages have the words."""

from datetime import date

from jobbro.apps.employers.refusals import NotNow, NotThere, Refused

__all__ = ["NotNow", "NotThere", "NotYet", "Refused"]


class NotYet(Exception):
    """The person has said not now, or no: nobody asks before this day, unless they raise it themselves."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day
