"""Dates and times as people say them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language

DAY = {"da": r"l \d\e\n j. F Y", "en": "l j F Y"}
TIME = {"da": r"\k\l. H.i", "en": r"\a\t H:i"}


def spoken_date(*, day: date) -> str:
    """“tirsdag den 3. marts 2027”, or “Tuesday 3 March 2027” in English; moments are told in local time."""
    return format_date(_local(day), DAY[_language()])


def spoken_moment(*, moment: datetime) -> str:
    """“tirsdag den 3. marts 2027 kl. 14.05” in local time."""
    return f"{spoken_date(day=moment)} {format_date(_local(moment), TIME[_language()])}"


def _local(day: date) -> date:
    if isinstance(day, datetime) and timezone.is_aware(day):
        return timezone.localtime(day)
    return day


def _language() -> str:
    return "en" if (get_language() or "da").startswith("en") else "da"
