"""Front pages and the file with what happens at tables: meetings, support to arrange, agreements to sign."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.plans.file_selectors import WholeFile, whole_file
from jobbro.apps.plans.home_selectors import CitizenHome, StaffHome, citizen_home, staff_home

from .selectors.overview import TableDue, Tables, due_at_tables, tables_of

NEAR = timedelta(days=7)
DUE_ON_HOME = 10


@dataclass(frozen=True, kw_only=True)
class CitizenFront:
    """The citizen's front page, with meetings to come and agreements."""

    home: CitizenHome
    tables: Tables


@dataclass(frozen=True, kw_only=True)
class StaffFront:
    """The desk of an employee, with what waits at tables."""

    home: StaffHome
    due: tuple[TableDue, ...]

    @property
    def has_nothing(self) -> bool:
        """Whether the desk is empty."""
        return self.home.has_nothing and not self.due


@dataclass(frozen=True, kw_only=True)
class FileWithTables:
    """A citizen's file with their meetings and agreements."""

    whole: WholeFile
    tables: Tables


def citizen_front(*, actor: Actor, on: date, at: datetime) -> CitizenFront:
    """The front page of the citizen that the actor is. Two queries more than `citizen_home`."""
    assert actor.citizen_id is not None
    home = citizen_home(actor=actor, on=on, at=at)
    return CitizenFront(home=home, tables=tables_of(actor=actor, citizen_id=actor.citizen_id))


def staff_front(*, actor: Actor, on: date) -> StaffFront:
    """The desk of an employee on a day. Three queries more than `staff_home` for those who work with citizens."""
    due = due_at_tables(actor=actor, on=on, until=on + NEAR, most=DUE_ON_HOME) if actor.is_caseworking else ()
    return StaffFront(home=staff_home(actor=actor, on=on), due=due)


def file_with_tables(
    *, actor: Actor, citizen_id: UUID, on: date, at: datetime, all_notes: bool = False
) -> FileWithTables | None:
    """The file; None as `whole_file`. Two queries more."""
    whole = whole_file(actor=actor, citizen_id=citizen_id, on=on, at=at, all_notes=all_notes)
    return FileWithTables(whole=whole, tables=tables_of(actor=actor, citizen_id=citizen_id)) if whole else None
