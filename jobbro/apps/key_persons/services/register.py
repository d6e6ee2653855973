"""The register: the unit's model, who can be asked about what, and who answers while somebody is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.organisations.models import Team
from jobbro.apps.organisations.stamps import refuse_stale
from jobbro.kernel.vocabulary import GROUPS, SCHEMES

from ..enums import AdviserKind, Model
from ..models import AdviceModel, Adviser, Away
from ..permissions import Reach, can_change_adviser, can_name_oneself, can_set_up, reach_of
from ..refusals import NotThere, Refused
from ..wording import checked_line

ADVISER_FIELDS = ("schemes", "groups", "own_words", "hours_week", "reach", "until_on")
MOST_DAYS = 20
LONGEST_AWAY = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class AdviserDraft:
    """What somebody can be asked about, how many hours a week they have for it, and when and how they are reached."""

    schemes: Sequence[str] = ()
    groups: Sequence[str] = ()
    own_words: str = ""
    hours_week: Decimal | None = None
    reach: str = ""


def choose_model(*, actor: Actor, unit_id: UUID, model: str, answer_days: int, on: date) -> AdviceModel:
    """From today the unit gives advice like this; what held before ends yesterday. Raises NotThere.

    Refused: `days`, `model_today` (a choice holds for a day at least).
    """
    if not can_set_up(reach_of(actor), unit_id=unit_id):
        raise NotThere(unit_id)
    if not 1 <= answer_days <= MOST_DAYS:
        raise Refused("days", fields=("answer_days",))
    held = AdviceModel.objects.visible_to(actor).standing(on=on).filter(unit_id=unit_id)
    standing = held.select_for_update(of=("self",)).first()
    if standing is not None and (standing.model, standing.answer_days) == (model, answer_days):
        return standing
    if standing is not None:
        if standing.from_on >= on:
            raise Refused("model_today", fields=("model",))
        standing.until_on = on - timedelta(days=1)
        standing.save(update_fields=["until_on"])
    chosen = AdviceModel(
        unit_id=unit_id, model=Model(model), answer_days=answer_days, chosen_by_id=actor.id, from_on=on
    )
    chosen.save(force_insert=True)
    record_event(verb=Verb.ADVICE_MODEL_CHOSEN, subject=chosen, detail={"unit": unit_id.hex, "model": model})
    return chosen


def name_adviser(
    *, actor: Actor, user_id: UUID, kind: str, unit_id: UUID, team_id: UUID | None, draft: AdviserDraft, on: date
) -> Adviser:
    """The colleague stands in the register from today.

    Raises NotThere. Refused: `person` (holds no position that fits), `team` (a resource person is one in a team of the
    unit), `twice`, `subjects`, and what the words hold.
    """
    reach = reach_of(actor)
    is_own = user_id == actor.id and kind == AdviserKind.KEY_PERSON and can_name_oneself(actor, unit_id=unit_id)
    if not can_set_up(reach, unit_id=unit_id) and not is_own:
        raise NotThere(unit_id)
    _refuse_stranger(user_id=user_id, kind=kind, unit_id=unit_id, on=on)
    if kind == AdviserKind.KEY_PERSON:
        team_id = None
    elif team_id is None or not Team.objects.standing(on=on).filter(pk=team_id, unit_id=unit_id).exists():
        raise Refused("team", fields=("team",))
    if Adviser.objects.visible_to(actor).standing(on=on).filter(user_id=user_id, unit_id=unit_id, kind=kind).exists():
        raise Refused("twice", fields=("user",))
    adviser = Adviser(user_id=user_id, kind=AdviserKind(kind), unit_id=unit_id, team_id=team_id, from_on=on)
    _write(adviser, draft=draft)
    adviser.save(force_insert=True)
    record_event(verb=Verb.ADVISER_NAMED, subject=adviser, detail={"user": user_id.hex, "kind": kind})
    return adviser


def change_adviser(*, actor: Actor, adviser_id: UUID, draft: AdviserDraft, seen: str, on: date) -> Adviser:
    """What they can be asked about is as given. Raises NotThere, StaleEdit, and Refused as `name_adviser`."""
    adviser, _ = _locked(actor=actor, adviser_id=adviser_id, on=on)
    refuse_stale(adviser, *ADVISER_FIELDS, seen=seen)
    _write(adviser, draft=draft)
    adviser.save(update_fields=["schemes", "groups", "own_words", "hours_week", "reach"])
    record_event(verb=Verb.ADVISER_CHANGED, subject=adviser)
    return adviser


def end_adviser(*, actor: Actor, adviser_id: UUID, on: date) -> Adviser:
    """Today is their last day in the register. Raises NotThere, PermissionDenied."""
    adviser, reach = _locked(actor=actor, adviser_id=adviser_id, on=on)
    if not can_set_up(reach, unit_id=adviser.unit_id) and not can_name_oneself(actor, unit_id=adviser.unit_id):
        raise PermissionDenied
    adviser.until_on = on
    adviser.save(update_fields=["until_on"])
    record_event(verb=Verb.ADVISER_CHANGED, subject=adviser, detail={"what": "ended"})
    return adviser


def note_away(
    *, actor: Actor, adviser_id: UUID, from_on: date, until_on: date, cover_id: UUID | None, on: date
) -> Away:
    """They are away these days, and the colleague answers meanwhile.

    Raises NotThere. Refused: `order`, `past`, `long`, `cover` (not in the unit's register, or the same), `away_twice`.
    """
    adviser, _ = _locked(actor=actor, adviser_id=adviser_id, on=on)
    _refuse_days(from_on=from_on, until_on=until_on, on=on)
    if cover_id is not None and not _can_cover(actor=actor, adviser=adviser, cover_id=cover_id, on=max(on, from_on)):
        raise Refused("cover", fields=("cover",))
    if Away.objects.filter(adviser=adviser, from_on__lte=until_on, until_on__gte=from_on).exists():
        raise Refused("away_twice", fields=("from_on",))
    away = Away(adviser=adviser, cover_id=cover_id, from_on=from_on, until_on=until_on, noted_by_id=actor.id)
    away.save(force_insert=True)
    record_event(verb=Verb.ADVISER_AWAY, subject=away, detail={"adviser": adviser_id.hex})
    return away


def come_back(*, actor: Actor, away_id: UUID, on: date) -> Away:
    """They are here again: yesterday was the last day away, or the first when they never left. Raises NotThere."""
    away = Away.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=away_id, until_on__gte=on).first()
    if away is None:
        raise NotThere(away_id)
    _locked(actor=actor, adviser_id=away.adviser_id, on=on)
    away.until_on = max(away.from_on, on - timedelta(days=1))
    away.save(update_fields=["until_on"])
    record_event(verb=Verb.ADVISER_AWAY, subject=away, detail={"what": "back"})
    return away


def _locked(*, actor: Actor, adviser_id: UUID, on: date) -> tuple[Adviser, Reach]:
    reach = reach_of(actor)
    adviser = (
        Adviser.objects.visible_to(actor).standing(on=on).select_for_update(of=("self",)).filter(pk=adviser_id).first()
    )
    if adviser is None or not can_change_adviser(actor, reach, adviser):
        raise NotThere(adviser_id)
    return adviser, reach


def _write(adviser: Adviser, *, draft: AdviserDraft) -> None:
    if not set(draft.schemes) <= set(SCHEMES) or not set(draft.groups) <= set(GROUPS):
        raise Refused("subjects", fields=("schemes",))
    if draft.hours_week is not None and not 0 < draft.hours_week <= 40:
        raise Refused("hours", fields=("hours_week",))
    adviser.schemes = [code for code in SCHEMES if code in draft.schemes]
    adviser.groups = [code for code in GROUPS if code in draft.groups]
    adviser.own_words = checked_line(draft.own_words, field="own_words")
    adviser.reach = checked_line(draft.reach, field="reach")
    adviser.hours_week = draft.hours_week


def _refuse_stranger(*, user_id: UUID, kind: str, unit_id: UUID, on: date) -> None:
    positions = Position.objects.standing(on=on).filter(user_id=user_id)
    if kind == AdviserKind.KEY_PERSON:
        fits = positions.filter(role=Role.KEY_PERSON, unit__served__municipality__units=unit_id)
    else:
        fits = positions.filter(unit_id=unit_id)
    if not User.objects.filter(pk=user_id, kind=Kind.STAFF, is_active=True).exists() or not fits.exists():
        raise Refused("person", fields=("user",))


def _refuse_days(*, from_on: date, until_on: date, on: date) -> None:
    if until_on < from_on:
        raise Refused("order", fields=("until_on",))
    if until_on < on:
        raise Refused("past", fields=("until_on",))
    if until_on - from_on > LONGEST_AWAY:
        raise Refused("long", fields=("until_on",))


def _can_cover(*, actor: Actor, adviser: Adviser, cover_id: UUID, on: date) -> bool:
    others = Adviser.objects.visible_to(actor).standing(on=on).filter(unit_id=adviser.unit_id).exclude(pk=adviser.pk)
    return others.exclude(user_id=adviser.user_id).filter(pk=cover_id).exists()
