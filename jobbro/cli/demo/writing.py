"""Rows on their way into the database: sorted by table and actor, copied in past the wall by the owner."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField, Model
from psycopg import sql

from jobbro.apps.accounts.models import Position, User
from jobbro.apps.applications.models import Application, Claim, Decision, Document, Negotiation, Vacancy
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.cases.models import BreakGlass, Case, CaseMember, LookQuestion, Note
from jobbro.apps.citizens.models import BenefitPeriod, Citizen, Consent, Contact
from jobbro.apps.closing.models import Closing, LastWord, Move, MovedAway
from jobbro.apps.courses.models import Attendance, CourseOutcome, Enrolment, Lesson, Material, Session
from jobbro.apps.courses.models import Course as JobCourse
from jobbro.apps.employers.models import (
    Company,
    ContactPerson,
    PartnerAgreement,
    Promise,
    RecruitmentNeed,
    Talk,
    Workplace,
    YearlyTalk,
)
from jobbro.apps.external_actors.models import (
    Engagement,
    EngagementApproval,
    EngagementEntry,
    EngagementPerson,
    ExternalActor,
    ExternalAgreement,
    ExternalPerson,
)
from jobbro.apps.follow_up.models import HelpRequest, SickLeave, TalkLink
from jobbro.apps.follow_up.models import Talk as FollowUpTalk
from jobbro.apps.guidance.models import GuidanceAnswer, KnownFacts, ToldFact
from jobbro.apps.jobs.models import CarvedJob, CarvedTask, Holder, HolderWage, Opening, Task, WorkWish
from jobbro.apps.key_persons.models import AdviceModel, Adviser, Away, Entry, Question, Turn
from jobbro.apps.matching.models import Card, Proposal, ProposalStep
from jobbro.apps.meetings.models import Meeting, MeetingHelp, MeetingParticipant, MeetingWords
from jobbro.apps.mobility.models import ChangeWish, Experience, LastStep, Notice, Observation
from jobbro.apps.organisations.models import Municipality, Team, Unit, UnitMunicipality
from jobbro.apps.outbox.models import Message
from jobbro.apps.outreach.models import OpeningAnswer, OutreachContact, OutreachEffort, OutreachPerson
from jobbro.apps.placements.models import (
    AgreementVersion,
    Arrangement,
    Introduction,
    OnboardingPlan,
    OnboardingTask,
    Participant,
    Placement,
    Said,
    Signature,
)
from jobbro.apps.plans.models import Action, Goal, Plan, SupportDecision
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.apps.teams.models import (
    Absence,
    BuddyPair,
    Competence,
    Cover,
    Handover,
    HandoverEntry,
    LearningNote,
    WorkingHours,
)
from jobbro.apps.worklist.models import SavedFilter

TABLES: tuple[type[Model], ...] = (
    Municipality,
    Unit,
    UnitMunicipality,
    Team,
    User,
    Position,
    AdviceModel,
    Adviser,
    Away,
    Entry,
    Question,
    Turn,
    Citizen,
    Contact,
    BenefitPeriod,
    Consent,
    Case,
    CaseMember,
    Note,
    BreakGlass,
    Dialogue,
    Answer,
    Agreement,
    ToldFact,
    KnownFacts,
    GuidanceAnswer,
    SupportDecision,
    Application,
    Document,
    Decision,
    Claim,
    Vacancy,
    Negotiation,
    Plan,
    Goal,
    Action,
    Company,
    Workplace,
    ContactPerson,
    Talk,
    YearlyTalk,
    PartnerAgreement,
    Promise,
    RecruitmentNeed,
    Holder,
    HolderWage,
    Task,
    WorkWish,
    CarvedJob,
    CarvedTask,
    Opening,
    Proposal,
    ProposalStep,
    Card,
    Introduction,
    Participant,
    Said,
    Arrangement,
    Placement,
    AgreementVersion,
    Signature,
    OnboardingPlan,
    OnboardingTask,
    ChangeWish,
    Notice,
    LastStep,
    Experience,
    Observation,
    FollowUpTalk,
    TalkLink,
    HelpRequest,
    SickLeave,
    Meeting,
    MeetingWords,
    MeetingParticipant,
    MeetingHelp,
    Message,
    ExternalActor,
    ExternalAgreement,
    ExternalPerson,
    Engagement,
    EngagementPerson,
    EngagementApproval,
    EngagementEntry,
    OpeningAnswer,
    OutreachEffort,
    OutreachPerson,
    OutreachContact,
    SavedFilter,
    Competence,
    WorkingHours,
    Absence,
    BuddyPair,
    Cover,
    Handover,
    HandoverEntry,
    LearningNote,
    JobCourse,
    Material,
    Session,
    Lesson,
    Enrolment,
    Attendance,
    CourseOutcome,
    Closing,
    LastWord,
    Move,
    MovedAway,
)
# In the order in which `_look_values` gives them.
_LOOK_COLUMNS = """
    at, actor_id, role, unit_id, municipality_id, citizen_ids, purpose, purpose_text, view, kind, tier, related,
    outcome, criterion
"""
_ENTER = "select set_config('app.actor_id', %s::text, true), set_config('app.request_id', %s::text, true)"


@dataclass(frozen=True, kw_only=True)
class LookRow:
    """Somebody looked at a file; `question` is what the citizen asks about it."""

    at: datetime
    actor_id: UUID
    role: str
    unit_id: UUID | None
    municipality_id: str
    citizen_ids: tuple[UUID, ...]
    purpose: str
    purpose_text: str
    view: str
    kind: str
    tier: str
    related: bool
    criterion: bytes | None = None
    question: LookQuestion | None = None


@dataclass(frozen=True, kw_only=True)
class EventRow:
    """Somebody did something."""

    at: datetime
    actor_id: UUID
    verb: str
    citizen_id: UUID | None
    subject: str


@dataclass
class Rows:
    """Everything that is written in one transaction."""

    by_table: dict[type[Model], list[tuple[UUID, Model]]] = field(default_factory=dict)
    looks: list[LookRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)

    def add(self, row: Model, *, by: UUID) -> None:
        """The row is written as an act of `by`."""
        self.by_table.setdefault(type(row), []).append((by, row))

    def as_acts_of(self, actor: UUID) -> "Rows":
        """The same rows, all written by one: a copy a table instead of one a table and actor."""
        one = {table: [(actor, row) for _by, row in rows] for table, rows in self.by_table.items()}
        return Rows(by_table=one, looks=self.looks, events=self.events)

    def of(self, table: type[Model]) -> list[Any]:
        """The rows of one table, in the order they were added."""
        return [row for _by, row in self.by_table.get(table, [])]


def write_rows(connection: "psycopg.Connection[Any]", rows: Rows) -> None:
    """All rows are in the database, with the history that its triggers write; the caller commits."""
    for table in TABLES:
        for actor, mine in _by_actor(rows.by_table.get(table, [])):
            _enter(connection, actor)
            _copy(connection, table=table, rows=mine)
    _write_looks(connection, rows.looks)
    _write_events(connection, rows.events)


def _by_actor(rows: Iterable[tuple[UUID, Model]]) -> Iterator[tuple[UUID, list[Model]]]:
    grouped: dict[UUID, list[Model]] = {}
    for actor, row in rows:
        grouped.setdefault(actor, []).append(row)
    yield from grouped.items()


def _enter(connection: "psycopg.Connection[Any]", actor: UUID) -> None:
    connection.execute(_ENTER, [str(actor), str(uuid7())])


def _copy(connection: "psycopg.Connection[Any]", *, table: type[Model], rows: Sequence[Model]) -> None:
    columns = columns_of(table)
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table._meta.db_table), sql.SQL(", ").join(sql.Identifier(column) for column, _, _ in columns)
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([plain(getattr(row, name)) for _, name, plain in columns])


@cache
def columns_of(table: type[Model]) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    """Column, attribute and how its value is written."""
    return tuple((str(f.column), str(f.attname), _plain_for(f)) for f in table._meta.concrete_fields)


def _plain_for(column: object) -> Callable[[Any], Any]:
    if isinstance(column, JSONField):
        return _json
    return _same if isinstance(column, ArrayField) else _plain


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _same(value: Any) -> Any:
    return value


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _write_looks(connection: "psycopg.Connection[Any]", looks: Iterable[LookRow]) -> None:
    with connection.cursor() as cursor:
        quiet = [look for look in looks if look.question is None]
        with cursor.copy(f"copy audit_look ({_LOOK_COLUMNS}) from stdin") as copy:
            for look in quiet:
                copy.write_row(_look_values(look))
    for look in looks:
        if look.question is not None:
            _write_questioned(connection, look, question=look.question)


def _look_values(look: LookRow) -> list[Any]:
    return [
        look.at,
        look.actor_id,
        look.role,
        look.unit_id,
        look.municipality_id,
        list(look.citizen_ids),
        look.purpose,
        look.purpose_text,
        look.view,
        look.kind,
        look.tier,
        look.related,
        "shown",
        look.criterion,
    ]


def _write_questioned(connection: "psycopg.Connection[Any]", look: LookRow, *, question: LookQuestion) -> None:
    """The log gives a look its number, and the question names it."""
    found = connection.execute(
        f"insert into audit_look ({_LOOK_COLUMNS}) values ({', '.join(['%s'] * 14)}) returning id",  # noqa: S608
        _look_values(look),
    ).fetchone()
    assert found is not None
    question.look_id = found[0]
    _enter(connection, question.citizen_id)
    _copy(connection, table=LookQuestion, rows=[question])


def _write_events(connection: "psycopg.Connection[Any]", events: Iterable[EventRow]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("copy audit_event (at, actor_id, verb, citizen_id, subject) from stdin") as copy,
    ):
        for event in events:
            copy.write_row([event.at, event.actor_id, event.verb, event.citizen_id, event.subject])
