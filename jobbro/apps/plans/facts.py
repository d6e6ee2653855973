"""Rows to the engines' shapes: what was agreed about needs, what a choice rested on, and what somebody has seen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.screening.models import Agreement
from jobbro.apps.screening.work import known_work
from jobbro.engines.support.catalogue import CatalogueMeasure, Texts, catalogue
from jobbro.engines.support.occupations import Occupation
from jobbro.engines.support.supports import BridgeRow, SupportProposal, bridge
from jobbro.kernel.fit import Measure
from jobbro.kernel.vocabulary import AREAS

from .models import Action, Goal, Plan, SupportDecision


@dataclass(frozen=True, kw_only=True)
class AgreedNeeds:
    """The parts of an agreed profile that support and plan rest on."""

    agreement_id: UUID
    capacity: Mapping[str, int | None] = field(hash=False)
    wishes: tuple[str, ...]
    hopes: str


@dataclass(frozen=True, kw_only=True)
class OccupationBridge:
    """The bridge to one occupation."""

    code: str
    name: Texts
    rows: tuple[BridgeRow, ...]


@dataclass(frozen=True, kw_only=True)
class ChosenMeasure:
    """A measure as it was when it was chosen: a later catalogue does not change what people agreed."""

    code: str
    name: Texts
    text: Texts
    payer: str


@dataclass(frozen=True, kw_only=True)
class DecisionShown:
    """A choice of support with what it rested on."""

    id: UUID
    agreement_id: UUID
    decided_at: Any
    decided_by: str
    occupations: tuple[str, ...]
    measures: tuple[ChosenMeasure, ...]
    declined: tuple[str, ...]
    bridges: tuple[OccupationBridge, ...]
    open: tuple[str, ...]
    left: tuple[str, ...]
    proposed: tuple[str, ...]
    reason: str
    catalogue_version: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the chosen measures."""
        return tuple(measure.code for measure in self.measures)

    def measure(self, code: str) -> ChosenMeasure | None:
        """The chosen measure with this code, if it is one of them."""
        return next((measure for measure in self.measures if measure.code == code), None)


def agreed_needs(agreement: Agreement) -> AgreedNeeds:
    """What both agreed, as the support engine takes it; an area that was left out is unknown."""
    profile = agreement.profile
    levels = {need["area"]: need.get("level") for need in profile.get("needs", ())}
    told = {entry["topic"]: entry for entry in profile.get("told", ())}
    return AgreedNeeds(
        agreement_id=agreement.pk,
        capacity={area: levels.get(area) for area in AREAS},
        wishes=tuple(told.get("occupations", {}).get("choices", ())),
        hopes=str(told.get("hopes", {}).get("words", "")),
    )


def known_occupations(codes: Iterable[str]) -> tuple[Occupation, ...]:
    """The occupations among the codes whose demands are known, each once, in the order given."""
    return known_work(codes)


def known_measures(codes: Iterable[str]) -> tuple[CatalogueMeasure, ...]:
    """The entries of the catalogue among the codes, each once, in code order."""
    wanted = set(codes)
    return tuple(entry for entry in catalogue().entries if entry.code in wanted)


def bridges_to(
    *, occupations: Iterable[Occupation], capacity: Mapping[str, int | None], support: Iterable[Measure]
) -> tuple[OccupationBridge, ...]:
    """One bridge an occupation, in the order given."""
    chosen = tuple(support)
    return tuple(
        OccupationBridge(
            code=occupation.code,
            name=occupation.name,
            rows=bridge(capacity=capacity, demand=occupation.demand, support=chosen),
        )
        for occupation in occupations
    )


def explanation_of(
    *,
    needs: AgreedNeeds,
    occupations: Iterable[Occupation],
    proposal: SupportProposal,
    chosen: Iterable[CatalogueMeasure],
) -> dict[str, Any]:
    """All that the choice rested on, whole: it can be read and drawn again when catalogue and table have moved on."""
    return {
        "verdict": str(proposal.verdict),
        "capacity": dict(needs.capacity),
        "occupations": [_occupation_kept(occupation) for occupation in occupations],
        "gaps": [asdict(gap) for gap in proposal.gaps],
        "open": [asdict(area) for area in proposal.open],
        "left": dict(proposal.left),
        "proposed": list(proposal.smallest.codes),
        "alternatives": [list(other.codes) for other in proposal.alternatives],
        "measures": [_measure_kept(entry) for entry in chosen],
    }


def _occupation_kept(occupation: Occupation) -> dict[str, Any]:
    return {"code": occupation.code, "name": asdict(occupation.name), "demand": dict(occupation.demand)}


def _measure_kept(entry: CatalogueMeasure) -> dict[str, Any]:
    return {
        "code": entry.code,
        "name": asdict(entry.name),
        "text": asdict(entry.text),
        "relief": dict(entry.measure.relief),
        "cost": entry.measure.cost,
        "scheme": entry.measure.scheme,
    }


def decision_shown(decision: SupportDecision, *, decided_by: str) -> DecisionShown:
    """A stored choice, drawn from its own explanation."""
    kept = decision.explanation
    return DecisionShown(
        id=decision.pk,
        agreement_id=decision.agreement_id,
        decided_at=decision.decided_at,
        decided_by=decided_by,
        occupations=tuple(decision.occupations),
        measures=tuple(_chosen_measure(row) for row in kept["measures"]),
        declined=tuple(decision.declined),
        bridges=_kept_bridges(kept),
        open=tuple(area["area"] for area in kept["open"]),
        left=tuple(kept["left"]),
        proposed=tuple(kept["proposed"]),
        reason=decision.reason,
        catalogue_version=decision.catalogue_version,
    )


def _chosen_measure(row: Mapping[str, Any]) -> ChosenMeasure:
    return ChosenMeasure(
        code=row["code"], name=Texts(**row["name"]), text=Texts(**row["text"]), payer=str(row["scheme"])
    )


def _kept_bridges(kept: Mapping[str, Any]) -> tuple[OccupationBridge, ...]:
    support = tuple(
        Measure(code=row["code"], relief=row["relief"], cost=row["cost"], scheme=row["scheme"])
        for row in kept["measures"]
    )
    return tuple(
        OccupationBridge(
            code=row["code"],
            name=Texts(**row["name"]),
            rows=bridge(capacity=kept["capacity"], demand=row["demand"], support=support),
        )
        for row in kept["occupations"]
    )


def people_around(*, citizen_id: UUID, actor: Actor, on: date) -> tuple[tuple[UUID, str], ...]:
    """The team around the citizen on a day and the acting employee: those who can take on a step."""
    members = CaseMember.objects.standing(on=on).filter(citizen_id=citizen_id).order_by("from_on", "id")
    named = dict(members.values_list("user_id", "user__display_name"))
    if actor.citizen_id is None:
        named.setdefault(actor.id, actor.name)
    return tuple(named.items())


def seen_goal(goal: Goal) -> str:
    """A short mark of what the goal says: a form carries it, and another mark means somebody changed the goal."""
    return _mark([goal.words])


def seen_action(action: Action) -> str:
    """A short mark of what the step says and how it went."""
    return _mark(_action_content(action))


def seen_plan(plan: Plan, goals: Iterable[Goal], actions: Iterable[Action]) -> str:
    """A short mark of the whole plan: whoever agrees, agrees to what they have read."""
    return _mark(
        [
            str(plan.pk),
            plan.state,
            [[str(goal.pk), goal.place, goal.words] for goal in goals],
            [[str(action.pk), str(action.goal_id), action.place, *_action_content(action)] for action in actions],
        ]
    )


def _action_content(action: Action) -> list[str]:
    return [
        action.title,
        action.measure,
        action.who,
        str(action.responsible_id or ""),
        action.responsible_name,
        str(action.due_on or ""),
        action.state,
        action.outcome,
    ]


def _mark(content: list[Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()[:24]


def newest_agreement(*, actor: Actor, citizen_id: UUID) -> Agreement | None:
    """The newest profile that both have agreed."""
    complete = Agreement.objects.visible_to(actor).filter(
        citizen_id=citizen_id, citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False
    )
    return complete.order_by("-dialogue__started_at", "-id").first()
