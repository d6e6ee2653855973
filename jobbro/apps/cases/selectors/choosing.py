"""The forms that move a citizen between people and teams: the file with those to choose from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role

from .around import Choice, colleagues_for, teams_for
from .file import CitizenFile, citizen_file


@dataclass(frozen=True, kw_only=True)
class FileWithChoices:
    """A citizen's file, the colleagues who could join, and the other teams of the municipality."""

    file: CitizenFile
    people: tuple[Choice, ...]
    teams: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class RegisterChoices:
    """What the registration form can be filled with; the actor's own team and own name are proposed."""

    municipalities: tuple[tuple[str, str], ...]
    teams: tuple[Choice, ...]
    people: tuple[Choice, ...]
    own_team_id: UUID | None
    own_id: UUID | None


def register_choices(*, actor: Actor, on: date) -> RegisterChoices:
    """Municipalities, teams and colleagues of the actor today."""
    people = colleagues_for(codes=actor.codes, on=on)
    own_team = next((position.team_id for position in actor.positions if position.team_id), None)
    works_here = actor.has(Role.CASEWORKER) and any(person.id == actor.id for person in people)
    return RegisterChoices(
        municipalities=actor.municipalities,
        teams=teams_for(codes=actor.codes, on=on),
        people=people,
        own_team_id=own_team,
        own_id=actor.id if works_here else None,
    )


def file_with_choices(*, actor: Actor, citizen_id: UUID, on: date, at: datetime) -> FileWithChoices | None:
    """The file, or None when there is none or the actor may not see it."""
    file = citizen_file(actor=actor, citizen_id=citizen_id, on=on, at=at)
    if file is None:
        return None
    codes = (file.municipality_code,)
    teams = tuple(team for team in teams_for(codes=codes, on=on) if team.id != file.team_id)
    return FileWithChoices(file=file, people=colleagues_for(codes=codes, on=on), teams=teams)
