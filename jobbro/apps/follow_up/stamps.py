"""Short marks of what somebody read: another mark means that somebody changed it meanwhile."""

from jobbro.apps.matching.files import digest_of

from .models import SickLeave

LENGTH = 24


def seen_sick_leave(row: SickLeave) -> str:
    """Days, hours and plan as they stand."""
    days = [row.from_on, row.until_on, row.partial_from]
    return digest_of([str(row.pk), *map(str, days), str(row.partial_hours), row.plan])[:LENGTH]
