"""What the overview of matching says: reasons, how even a spread is, and where a run stands."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.matching.enums import RunState
from jobbro.apps.matching.selectors.overview import RunRow
from jobbro.engines.matching.model import Reason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REASONS: dict[Reason, "StrPromise"] = {
    Reason.DISTANCE: gettext_lazy("too far away"),
    Reason.HOURS: gettext_lazy("other hours"),
    Reason.SLOTS: gettext_lazy("other times"),
    Reason.SKILLS: gettext_lazy("a skill that has not been told"),
    Reason.GAP: gettext_lazy("more than support can carry"),
}
FAILURES: dict[str, "StrPromise"] = {
    "engine": gettext_lazy("Something went wrong while it was worked out. The lists are as before; the log says more."),
    "lost": gettext_lazy("The worker stopped in the middle, and another run took over."),
}
REFUSALS: dict[str, "StrPromise"] = {
    "under_way": gettext_lazy("A run is under way already. Wait until it is done, or stop it first."),
    "ended": gettext_lazy("The run had ended already. Nothing was changed."),
}
# The Gini coefficient in words: up to each number.
EVENNESS: tuple[tuple[float, "StrPromise"], ...] = (
    (0.2, gettext_lazy("The proposals are spread very evenly over the jobs.")),
    (0.4, gettext_lazy("The proposals are spread fairly evenly over the jobs.")),
    (0.6, gettext_lazy("The proposals are spread somewhat unevenly over the jobs: some jobs have many, others few.")),
    (1.0, gettext_lazy("The proposals are spread very unevenly over the jobs: few jobs have most of them.")),
)


def even_told(gini: float) -> str:
    """How even a spread is."""
    return next(str(words) for limit, words in EVENNESS if gini <= limit)


def refused_told(refused: Mapping[str, int]) -> str:
    """How many jobs each reason refused, most first: “for langt væk (12), andre tidspunkter (3)”."""
    most = sorted(refused.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{REASONS[Reason(reason)]} ({number})" for reason, number in most)


def state_told(row: RunRow) -> str:
    """Where a run stands."""
    if row.is_lost:
        return _("Broke off, and goes on by itself")
    if row.run.stop_asked and row.is_at_work:
        return _("Stops after this part")
    return str(RunState(row.run.state).label)


def outcome_told(row: RunRow) -> str:
    """What a run came to, or why it came to nothing."""
    if row.run.failure:
        return str(FAILURES.get(row.run.failure, FAILURES["engine"]))
    if row.run.state != RunState.DONE:
        return ""
    return reached_told(row.run.spread)


def reached_told(spread: Mapping[str, int]) -> str:
    """How many of those with a list were proposed a job."""
    return ngettext(
        "%(reached)s of %(count)s person with a list got a proposal",
        "%(reached)s of %(count)s persons with a list got a proposal",
        spread["persons_listed"],
    ) % {"reached": spread["persons_with"], "count": spread["persons_listed"]}


def widest_gap(rounds: Iterable[Mapping[str, float]]) -> float:
    """The largest proven distance from the best spread, in per cent."""
    return max((each["gap_percent"] for each in rounds), default=0.0)
