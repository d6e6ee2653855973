"""Hours a week that change on certain days, as a picture with the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import override

from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes.values import number_text, week_hours

LEFT, TOP, TALL, WIDE, GAP = 2, 24, 90, 62, 10
# A few hours are seen too.
LEAST = 4


@dataclass(frozen=True, kw_only=True)
class DrawnStep:
    """A bar: its box, the hours above it and the day below it; and the same as a row of the table."""

    x: int
    y: float
    height: float
    hours: str
    day: str
    from_day: str
    told: str
    width: int = WIDE

    @property
    def middle(self) -> float:
        return self.x + WIDE / 2

    @property
    def hours_y(self) -> float:
        return self.y - 6


@dataclass(frozen=True, kw_only=True)
class StepsPicture:
    """All that the template shows."""

    title: str
    steps: tuple[DrawnStep, ...]
    width: int
    height: int = TOP + TALL + 22
    floor: int = TOP + TALL
    day_y: int = TOP + TALL + 17

    @property
    def spoken(self) -> str:
        """The whole picture in words."""
        return " ".join(f"{step.from_day}: {step.told}." for step in self.steps)


def steps_picture(*, steps: Sequence[tuple[date, Decimal]], title: str) -> StepsPicture:
    """A bar a step, the tallest for the most hours."""
    most = max((hours for _day, hours in steps), default=Decimal(1))
    return StepsPicture(
        title=title,
        steps=tuple(_step(day=day, hours=hours, place=place, most=most) for place, (day, hours) in enumerate(steps)),
        width=LEFT + len(steps) * (WIDE + GAP),
    )


def steps_svg(picture: StepsPicture, *, language: str) -> SafeString:
    """The picture as one stand-alone SVG for letters and PDF."""
    with override(language):
        return render_to_string("parts/charts/steps.svg", {"steps": picture, "is_alone": True})


def _step(*, day: date, hours: Decimal, place: int, most: Decimal) -> DrawnStep:
    height = max(LEAST, round(float(hours / most) * TALL, 1))
    return DrawnStep(
        x=LEFT + place * (WIDE + GAP),
        y=TOP + TALL - height,
        height=height,
        hours=number_text(float(hours)),
        day=format_date(day, "j.n.y"),
        from_day=spoken_date(day=day),
        told=week_hours(hours),
    )
