"""A meeting as an entry for calendars (RFC 5545, RFC 5546): when and where, and nothing that says why or with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
STAMP, LOCAL = "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S"
# Octets on a line (RFC 5545, section 3.1).
LONGEST = 75
# The rule of the European Union since 1996 (directive 2000/84): last Sunday of March and of October at 01:00 UTC.
TIMEZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry. `uid` stays for as long as the meeting lives; `sequence` rises with each change."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    place: str = ""
    is_off: bool = False

    def as_values(self) -> dict[str, Any]:
        """The entry as JSON holds it."""
        moments = {name: getattr(self, name).isoformat() for name in ("starts_at", "ends_at", "changed_at")}
        plain = {"uid": self.uid, "sequence": self.sequence, "title": self.title, "place": self.place}
        return {**plain, **moments, "is_off": self.is_off}

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> "Event":
        """The entry that `as_values` gave."""
        moments = {name: datetime.fromisoformat(values[name]) for name in ("starts_at", "ends_at", "changed_at")}
        return cls(**{**values, **moments})


def invitation_text(event: Event, *, sender: str, receiver: str) -> str:
    """The entry as an invitation by mail, or as its being called off; `sender` and `receiver` are mail addresses."""
    people = (
        f"ORGANIZER:mailto:{sender}",
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{receiver}",
    )
    return calendar_text((event,), method="CANCEL" if event.is_off else "REQUEST", people=people)


def feed_text(events: Iterable[Event]) -> str:
    """The entries as a calendar that is asked for again and again."""
    about = ("REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H")
    return calendar_text(events, method="PUBLISH", about=about)


def calendar_text(
    events: Iterable[Event], *, method: str, people: tuple[str, ...] = (), about: tuple[str, ...] = ()
) -> str:
    """A calendar file with lines as RFC 5545 wants them."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jobbro//Jobbro//DA",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        *about,
        *TIMEZONE,
    ]
    for event in events:
        lines += _entry(event, people=people)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _entry(event: Event, *, people: tuple[str, ...]) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{event.changed_at.astimezone(UTC).strftime(STAMP)}",
        *_span(event),
        f"SUMMARY:{_escaped(event.title)}",
        *([f"LOCATION:{_escaped(event.place)}"] if event.place else []),
        *people,
        f"STATUS:{'CANCELLED' if event.is_off else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _span(event: Event) -> list[str]:
    """In local time with the zone's name; the hour that comes twice in October is told in UTC, which is never twice."""
    is_told_in_utc = _is_twice(event.starts_at) or _is_twice(event.ends_at)
    moments = {"DTSTART": event.starts_at, "DTEND": event.ends_at}
    return [_moment(name, moment, is_utc=is_told_in_utc) for name, moment in moments.items()]


def _moment(name: str, moment: datetime, *, is_utc: bool) -> str:
    if is_utc:
        return f"{name}:{moment.astimezone(UTC).strftime(STAMP)}"
    return f"{name};TZID=Europe/Copenhagen:{moment.astimezone(ZONE).strftime(LOCAL)}"


def _is_twice(moment: datetime) -> bool:
    """Whether the clock on the wall shows this time twice."""
    local = moment.astimezone(ZONE)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a letter."""
    parts: list[str] = []
    part = ""
    for letter in line:
        room = LONGEST if not parts else LONGEST - 1
        if len((part + letter).encode()) > room:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
