"""Rows to what is shown, marks of what somebody has read, and the rows of other apps that applications rest on."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.apps.guidance.selectors.memory import memory_of
from jobbro.engines.schemes.procedures import Procedure, Procedures
from jobbro.engines.schemes.reading_procedures import procedures

from .drafting import FilledField, Known, fields_for
from .models import Application, Decision, Document, Vacancy


def all_procedures() -> Procedures:
    """The procedures that are shipped."""
    return procedures()


def procedure_of(scheme: str) -> Procedure | None:
    """The procedure of a scheme, None when there is no such scheme."""
    return procedures().by_scheme.get(scheme)


def contact_of(citizen: Citizen) -> Contact | None:
    """Address and telephone."""
    return Contact.objects.filter(citizen_id=citizen.pk).first()


def told_facts(*, actor: Actor, citizen_id: UUID, on: date) -> Mapping[str, Known]:
    """The facts that are known of the citizen on the day, by code; judgements are nobody's words and stay out."""
    memory = memory_of(actor=actor, citizen_id=citizen_id, on=on)
    if memory is None:
        return {}
    return {
        code: fact.value
        for code, fact in memory.standing.items()
        if fact.is_known and fact.value is not None and not code.startswith("assessed_")
    }


def form_to_keep(*, procedure: Procedure, citizen: Citizen, values: Mapping[str, str]) -> list[dict[str, str]]:
    """The form as it is sent, whole: a later procedure does not change what was sent."""
    kept = []
    for field in fields_for(procedure=procedure, citizen=citizen):
        value = values.get(field.code, "")
        chosen = next((choice.text for choice in field.choices if choice.code == value), None)
        row = {"code": field.code, "kind": field.kind, "da": field.label.da, "en": field.label.en, "value": value}
        if chosen is not None:
            row |= {"value_da": chosen.da, "value_en": chosen.en}
        kept.append(row)
    return kept


def filled_fields(
    *, procedure: Procedure, citizen: Citizen, values: Mapping[str, str], known: Mapping[str, str]
) -> tuple[FilledField, ...]:
    """The fields of a draft with what stands in them, and whether it is what the case said already."""
    return tuple(
        FilledField(
            field=field,
            value=values.get(field.code, ""),
            is_known=bool(values.get(field.code)) and known.get(field.code) == values.get(field.code),
        )
        for field in fields_for(procedure=procedure, citizen=citizen)
    )


def around_me(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """The citizens around whom the actor stands today, as a subquery."""
    return CaseMember.objects.standing(on=on).filter(user_id=actor.id).values("citizen_id")


def seen_application(row: Application) -> str:
    """A short mark of what the application says and where it stands: another mark means somebody changed it."""
    return mark_of([str(row.pk), row.state, row.values, str(row.decide_by), str(row.answer_by), row.wanted])


def seen_documents(rows: Iterable[Document]) -> str:
    """A short mark of the list of documents."""
    return mark_of([[str(row.pk), row.state, row.reference, row.title, str(row.state_on)] for row in rows])


def seen_vacancy(row: Vacancy) -> str:
    """A short mark of where a post stands."""
    return mark_of([str(row.pk), row.state, str(row.opinion_asked_on)])


def mark_of(content: list[Any]) -> str:
    """A hash short enough for a hidden field."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:24]


def newest_decisions(decisions: Iterable[Decision]) -> dict[UUID, Decision]:
    """The decision that counts, by application."""
    newest: dict[UUID, Decision] = {}
    for decision in sorted(decisions, key=lambda row: (row.recorded_at, row.pk)):
        newest[decision.application_id] = decision
    return newest
