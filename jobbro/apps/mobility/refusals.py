"""Why a service said no: the same kinds as at the table, so that pages answer them the same way."""

from jobbro.apps.placements.refusals import Changed, NotNow, NotThere, Refused

__all__ = ["Changed", "NotNow", "NotThere", "Refused"]
