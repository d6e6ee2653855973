"""Endings and moves in the demo: a course that has ended, somebody on the way here, and somebody who has moved away."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.audit.enums import Verb
from jobbro.apps.cases.enums import State
from jobbro.apps.closing.enums import CloseReason, MoveState
from jobbro.apps.closing.models import Closing, LastWord, Move, MovedAway

from .calendar import moment, weekday
from .courses import Course, Situation
from .ids import Ids
from .organisations import Place

ENDING_BLOCK = 988_000
MOVES_IN, MOVED_AGO = 20, 120
BASIS = "Retssikkerhedsloven; afklaret med kommunens jurist."
# Nothing is older: all of somebody who moved long ago went along.
FIRST_CUT = UUID(int=1)


def add_endings(courses: Sequence[Course], *, places: tuple[Place, ...], today: date) -> None:
    """An ending for each course that is closed, and two moves."""
    Endings(courses, places=places, today=today).add()


class Endings:
    """What the rows share."""

    def __init__(self, courses: Sequence[Course], *, places: tuple[Place, ...], today: date) -> None:
        self.courses, self.place, self.today = courses, places[0], today
        self.ids, self.rng = Ids(ENDING_BLOCK), Random("endings")  # noqa: S311 - the same everywhere

    def add(self) -> None:
        """All rows."""
        for course in [one for one in self.courses if one.case.state == State.CLOSED][:5]:
            self._close(course)
        far = [
            one
            for one in self.courses
            if one.login is None
            and one.place.unit_id != self.place.unit_id
            and one.place.code != self.place.code
            and one.situation == Situation.PLAN
        ]
        if len(far) > 1:
            self._on_the_way(far[0])
            self._moved_away(far[1])

    def _close(self, course: Course) -> None:
        at = moment(weekday(course.case.closed_on or self.today), rng=self.rng)
        row = Closing(
            id=self.ids(),
            citizen=course.citizen,
            municipality_id=course.place.code,
            reason=CloseReason.JOB,
            reached="Aftale om 12 timer om ugen\nKursus gennemført",
            in_place="Høj stol på arbejdspladsen\nFast kontakt på arbejdspladsen",
            contact_name=course.lead.display_name,
            contact_phone=course.lead.phone,
            contact_role="Job og Støtte",
            contact_from_on=at.date(),
            closed_by=course.lead,
            closed_at=at,
            closed_on=at.date(),
        )
        self._keep(course, row)
        words = LastWord(
            id=self.ids(),
            citizen=course.citizen,
            closing=row,
            words="Tak, fordi I spurgte, hvad jeg selv ville.",
            is_own=False,
            written_by=course.lead,
            written_at=at,
        )
        self._keep(course, words)
        course.happened(Verb.CLOSING_WRITTEN, at=at, by=course.lead.pk, subject=row)

    def _on_the_way(self, course: Course) -> None:
        row = self._move(course, sender=course.place.code, to=self.place.code, moves_on=self._day(MOVES_IN))
        self._keep(course, row)
        course.happened(Verb.MOVE_PROPOSED, at=row.proposed_at, by=course.lead.pk, subject=row)

    def _moved_away(self, course: Course) -> None:
        moved_on = self._day(-MOVED_AGO)
        row = self._move(course, sender=self.place.code, to=course.place.code, moves_on=moved_on)
        row.state, row.profile_goes, row.plan_goes = MoveState.TAKEN, True, True
        row.answered_at = row.ended_at = row.proposed_at
        row.ended_by, row.to_team, row.cut = course.place.lead, course.place.team, FIRST_CUT
        self._keep(course, row)
        kept = MovedAway(
            id=self.ids(),
            move=row,
            citizen=course.citizen,
            municipality_id=self.place.code,
            unit_id=self.place.unit_id,
            name=row.name,
            opened_on=moved_on - timedelta(days=200),
            moved_on=moved_on,
            decisions=[
                {
                    "scheme": "mentor",
                    "outcome": "granted",
                    "decided_on": (moved_on - timedelta(days=60)).isoformat(),
                    "from_on": None,
                    "until_on": None,
                }
            ],
        )
        self._keep(course, kept)

    def _move(self, course: Course, *, sender: str, to: str, moves_on: date) -> Move:
        at = moment(weekday(min(moves_on, self.today) - timedelta(days=3)), rng=self.rng)
        return Move(
            id=self.ids(),
            citizen=course.citizen,
            from_municipality_id=sender,
            to_municipality_id=to,
            name="" if course.citizen.is_protected else course.citizen.name,
            moves_on=moves_on,
            legal_basis=BASIS,
            contact=f"{course.lead.display_name}, {course.lead.phone}",
            proposed_by=course.lead,
            proposed_at=at,
        )

    def _day(self, days: int) -> date:
        return weekday(self.today + timedelta(days=days))

    def _keep(self, course: Course, row: Any) -> None:
        course.rows.add(row, by=course.lead.pk)
