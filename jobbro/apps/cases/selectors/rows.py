"""One line of a list of citizens, and the query that every such list begins with."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import DanishOrder

from ..enums import MemberRole, State
from ..models import Case, CaseMember

QUIET_DAYS = 21


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A citizen in a list: name, who is around them, what comes next, and since when it has been quiet."""

    citizen_id: UUID
    name: str
    is_protected: bool
    team: str
    lead: str
    state: State
    next_step: str
    next_step_on: date | None
    is_overdue: bool
    quiet_days: int

    @property
    def is_quiet(self) -> bool:
        return self.state == State.OPEN and self.quiet_days > QUIET_DAYS


def listed_cases(*, actor: Actor, on: date) -> "QuerySet[Case]":
    """Courses with all that a line shows; the wall narrows them to those the actor may see."""
    lead = CaseMember.objects.standing(on=on).filter(case=OuterRef("pk"), role=MemberRole.LEAD)
    return (
        Case.objects.visible_to(actor)
        .select_related("citizen", "team")
        .annotate(lead_name=Subquery(lead.values("user__display_name")[:1]))
        .defer("citizen__cpr_cipher", "citizen__cpr_key")
    )


def row_of(*, case: Case, on: date) -> CaseRow:
    """The line of one fetched course."""
    is_current = case.state != State.CLOSED
    return CaseRow(
        citizen_id=case.citizen_id,
        name=case.citizen.name,
        is_protected=case.citizen.is_protected,
        team=case.team.name,
        lead=getattr(case, "lead_name", None) or "",
        state=State(case.state),
        next_step=case.next_step,
        next_step_on=case.next_step_on,
        is_overdue=is_current and case.next_step_on is not None and case.next_step_on < on,
        quiet_days=(on - case.last_step_on).days,
    )


def around(*, user_id: UUID, on: date) -> Q:
    """Courses whose team around the citizen this person is in today."""
    return Q(pk__in=CaseMember.objects.standing(on=on).filter(user_id=user_id).values("case_id"))


def quiet_since(*, on: date) -> date:
    """The last step lies before this day when a course has been quiet for more than three weeks."""
    return on - timedelta(days=QUIET_DAYS)


def by_name() -> DanishOrder:
    """Family name, then given name, in Danish order."""
    return DanishOrder(Concat(F("citizen__family_name"), Value(" "), F("citizen__given_name")))


def named(cases: "QuerySet[Case]", *, text: str) -> "QuerySet[Case]":
    """Every word is found in the given or the family name, however æ, ø, å, aa and accents are written."""
    words = text.split()[:6]
    if not words:
        return cases
    cases = cases.annotate(given=DanishOrder(F("citizen__given_name")), family=DanishOrder(F("citizen__family_name")))
    for word in words:
        folded = Q(given__contains=fold(word)) | Q(family__contains=fold(word))
        # As typed too: the half word "Aaga" folds otherwise than the "Aagaard" it begins.
        typed = Q(citizen__given_name__icontains=word) | Q(citizen__family_name__icontains=word)
        cases = cases.filter(folded | typed)
    return cases


# The same fold as danish_order() in the database, so that what is typed meets what is stored.
_FOLDED = str.maketrans("æäøöåéèüë", "{{||}eeye")


def fold(word: str) -> str:
    """The word as danish_order() would store it."""
    return word.lower().replace("aa", "å").translate(_FOLDED)
