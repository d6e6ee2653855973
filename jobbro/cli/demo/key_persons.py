"""Key persons of the demo: the register, both models, questions at every point of their way, and what was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.models import Position, User
from jobbro.apps.key_persons.enums import AdviserKind, Model, QuestionState, TurnKind
from jobbro.apps.key_persons.models import AdviceModel, Adviser, Away, Entry, Question, Turn
from jobbro.apps.key_persons.working import is_working_day, working_day_after, working_minutes
from jobbro.apps.organisations.models import Team, UnitMunicipality
from jobbro.kernel.strict_yaml import read_yaml

from .calendar import DENMARK
from .content import CONTENT
from .ids import Ids
from .organisations import FOUNDED_ON
from .writing import Rows

KEY_PERSONS_BLOCK = 945_000
ASKED_AT, ANSWERED_AT = time(9, 20), time(13, 5)
A_YEAR = timedelta(days=365)


def add_key_persons(rows: Rows, *, today: date) -> None:
    """The register of two units, their questions and their knowledge."""
    _House(rows=rows, today=today).add()


@cache
def _content() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(CONTENT / "key_persons.yaml").value
    return found


@dataclass
class _Where:
    """The unit and the team in which somebody works."""

    unit_id: UUID
    team_id: UUID | None


class _House:
    """What the rows share."""

    def __init__(self, *, rows: Rows, today: date) -> None:
        self.rows, self.today, self.ids = rows, today, Ids(KEY_PERSONS_BLOCK)
        self.users: dict[str, User] = {user.username: user for user in rows.of(User)}
        self.teams: dict[str, Team] = {team.name: team for team in rows.of(Team)}
        self.municipalities = {row.unit_id: row.municipality_id for row in rows.of(UnitMunicipality)}
        self.advisers: dict[str, Adviser] = {}
        self.entries: dict[str, Entry] = {}

    def add(self) -> None:
        """All rows, in the order in which they need each other."""
        content = _content()
        for found in content["models"]:
            self._model(found)
        for found in content["register"]:
            self._adviser(found)
        self._away(content["away"])
        for found in content["entries"]:
            self._entry(found)
        for found in content["questions"]:
            self._question(found)

    def _model(self, found: dict[str, Any]) -> None:
        by = self.users[found["by"]]
        row = AdviceModel(
            id=self.ids(),
            unit_id=self._where(found["by"]).unit_id,
            model=Model(found["model"]),
            answer_days=found["days"],
            chosen_by=by,
            from_on=date(self.today.year - 1, 1, 1),
        )
        self.rows.add(row, by=by.pk)

    def _adviser(self, found: dict[str, Any]) -> None:
        user = self.users[found["username"]]
        team = self.teams[found["team"]] if "team" in found else None
        row = Adviser(
            id=self.ids(),
            user=user,
            kind=AdviserKind.RESOURCE_PERSON if team else AdviserKind.KEY_PERSON,
            unit_id=self._where(found["username"]).unit_id,
            team=team,
            schemes=found["schemes"],
            groups=found["groups"],
            own_words=found["own_words"],
            hours_week=found["hours"],
            reach=found["reach"],
            from_on=FOUNDED_ON,
        )
        self.advisers[found["username"]] = row
        self.rows.add(row, by=user.pk)

    def _away(self, found: dict[str, Any]) -> None:
        adviser = self.advisers[found["username"]]
        row = Away(
            id=self.ids(),
            adviser=adviser,
            cover=self.advisers[found["cover"]],
            from_on=self.today,
            until_on=self.today + timedelta(days=found["days"]),
            noted_by_id=adviser.user_id,
        )
        self.rows.add(row, by=adviser.user_id)

    def _entry(self, found: dict[str, Any]) -> None:
        by, ended = self.users[found["by"]], found.get("ended")
        row = Entry(
            id=self.ids(),
            municipality_id=self.municipalities[self._where(found["by"]).unit_id],
            is_wide=found.get("wide", False),
            title=found["title"],
            answer=found["answer"].strip(),
            schemes=found["schemes"],
            groups=found.get("groups", []),
            law=found.get("law", ""),
            check_on=self.today + (timedelta(days=-10) if ended else A_YEAR),
            valid_until=self.today - timedelta(days=ended) if ended else None,
            changed_by=by,
            changed_at=self._moment(ago=ended or 20, at=ANSWERED_AT),
        )
        self.entries[found["key"]] = row
        self.rows.add(row, by=by.pk)

    def _question(self, found: dict[str, Any]) -> None:
        asker, where = self.users[found["by"]], self._where(found["by"])
        asked_at = self._moment(ago=found["ago"], at=ASKED_AT)
        asked_on = asked_at.date()
        row = Question(
            id=self.ids(),
            asker=asker,
            unit_id=where.unit_id,
            team=self.teams[found["team"]],
            text=found["text"],
            context=[_item(item) for item in found.get("context", ())],
            schemes=found.get("schemes", []),
            groups=found.get("groups", []),
            asked_at=asked_at,
            due_on=working_day_after(day=asked_on, days=2),
            entry=self.entries.get(found.get("entry", "")),
        )
        steps = list(self._steps(row, found))
        self.rows.add(row, by=asker.pk)
        for step in steps:
            self.rows.add(step, by=step.by_id)

    def _steps(self, row: Question, found: dict[str, Any]) -> Iterable[Turn]:
        if "taken_by" in found:
            taker = self.users[found["taken_by"]]
            row.state, row.taken_by, row.taken_at = QuestionState.TAKEN, taker, row.asked_at + timedelta(minutes=40)
            yield self._turn(row, kind=TurnKind.TAKEN, by=taker, at=row.taken_at)
        if "answer" in found:
            taker, at = self.users[found["answerer"]], self._answered(row, days=found["answered"])
            row.state, row.taken_by, row.taken_at, row.answered_at = QuestionState.ANSWERED, taker, at, at
            row.answer_minutes = working_minutes(start=row.asked_at, end=at)
            yield self._turn(row, kind=TurnKind.ANSWER, by=taker, at=at, text=found["answer"])
            if found.get("closed"):
                row.state, row.closed_at = QuestionState.CLOSED, at + timedelta(minutes=50)
                yield self._turn(row, kind=TurnKind.CLOSED, by=row.asker, at=row.closed_at)

    def _turn(self, row: Question, *, kind: TurnKind, by: User, at: datetime, text: str = "") -> Turn:
        return Turn(id=self.ids(), question=row, kind=kind, text=text, by=by, at=at)

    def _answered(self, row: Question, *, days: int) -> datetime:
        day = working_day_after(day=row.asked_at.date(), days=days)
        return datetime.combine(min(day, self.today), ANSWERED_AT, tzinfo=DENMARK)

    def _moment(self, *, ago: int, at: time) -> datetime:
        day = self.today - timedelta(days=ago)
        while not is_working_day(day):
            day -= timedelta(days=1)
        return datetime.combine(day, at, tzinfo=DENMARK)

    def _where(self, username: str) -> _Where:
        user = self.users[username]
        (position, *_rest) = [row for row in self.rows.of(Position) if row.user_id == user.pk]
        return _Where(unit_id=position.unit_id, team_id=position.team_id)


def _item(found: list[Any]) -> dict[str, Any]:
    kind, code, *level = found
    return {"kind": kind, "code": code, **({"level": level[0]} if level else {})}
