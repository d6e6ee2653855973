"""A person's jobs in the words of the page: groups, sentences, what is hidden, and which change would open most."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.matching.selectors.jobs import MOST, STEP, HiddenPage, JobShown, JobsPage
from jobbro.apps.matching.selectors.pairs import PairTold
from jobbro.apps.matching.selectors.persons import WhyNot
from jobbro.apps.matching.selectors.proposals import ProposalRow
from jobbro.engines.matching.model import ListedJob, Pair, Reason
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.fit import Verdict
from jobbro.webkit.bridges import measure_name, payer_words
from jobbro.webkit.halfdays import in_week_order, slots_told
from jobbro.webkit.labels import AREA_LABELS

from .changes_reading import change_lines
from .pair_reading import JobFacts, job_facts, limit_told, wish_told
from .words import FITS, REASONS, STATES, hours_range, km_told, listed, skills_told

# What the list of a group means, in a sentence.
GROUP_TEXTS = {
    Verdict.AS_IS: gettext_lazy("These jobs ask for nothing that goes beyond what has been told."),
    Verdict.WITH_SUPPORT: gettext_lazy("These jobs fit when the support beside them is there."),
    Verdict.ASK: gettext_lazy("These jobs may fit. They ask for something that nobody has talked about."),
}
GROUPS = (Verdict.AS_IS, Verdict.WITH_SUPPORT, Verdict.ASK)


@dataclass(frozen=True, kw_only=True)
class SupportWords:
    """A kind of support and who can pay."""

    name: str
    payer: str


@dataclass(frozen=True, kw_only=True)
class JobLine:
    """A job of the list as sentences."""

    opening_id: Any
    facts: JobFacts
    km: str
    wish: str
    support: tuple[SupportWords, ...]
    open: tuple[tuple[str, str], ...]
    gaps: str
    proposed: str
    proposal: ProposalRow | None
    state: str


@dataclass(frozen=True, kw_only=True)
class JobGroup:
    """Jobs of one verdict under its words."""

    code: str
    title: str
    text: str
    jobs: tuple[JobLine, ...]


@dataclass(frozen=True, kw_only=True)
class HiddenLine:
    """How many jobs a reason keeps away."""

    code: str
    title: str
    count: int


def jobs_shown(page: JobsPage, *, base: str) -> dict[str, Any]:
    """The context of the page of a person's jobs."""
    return {
        "base": base,
        "page": page,
        "citizen": page.citizen,
        "missing": missing_told(page.missing, citizen_id=page.citizen.pk, is_own=page.is_own),
        "groups": tuple(_groups(page)),
        "reserved": tuple(_reserved(page)),
        "hidden": hidden_lines(page),
        "hidden_total": sum(page.refused.values()),
        "changes": change_lines(page.changes, citizen_id=page.citizen.pk),
        "is_empty": not page.jobs and not page.reserved,
        "next_show": len(page.jobs) + STEP,
        "most": MOST,
        "alive": [{"row": one, "state": STATES[one.state]} for one in page.proposals if one.is_live],
        "ended": [{"row": one, "state": STATES[one.state]} for one in page.proposals if not one.is_live],
    }


def missing_told(missing: WhyNot | None, *, citizen_id: UUID, is_own: bool) -> dict[str, str] | None:
    """What has to be told before jobs can be shown, and where."""
    if missing is None:
        return None
    address, label, own, other = _MISSING[missing]
    return {
        "url": reverse(address, args=[citizen_id]),
        "label": str(label),
        "text": str(own if is_own else other),
    }


_MISSING = {
    WhyNot.NO_NEEDS: (
        "dialogue",
        gettext_lazy("Go to the dialogue"),
        gettext_lazy("First we have to agree on your needs. Then we can see which jobs fit them."),
        gettext_lazy("The needs have not been agreed yet. Jobs are held against what both have agreed."),
    ),
    WhyNot.NO_WISH: (
        "work_wish",
        gettext_lazy("Tell when and how much work fits"),
        gettext_lazy("First tell us when you can work, and how much. Then we can see which jobs fit."),
        gettext_lazy("Nobody has told yet when and how much work fits."),
    ),
    WhyNot.NO_PLACE: (
        "work_wish",
        gettext_lazy("Tell where the way to work begins"),
        gettext_lazy("We do not know where your way to work begins. A postcode is enough."),
        gettext_lazy("We do not know where the way to work begins. A postcode is enough, and it need not be the home."),
    ),
}


def _groups(page: JobsPage) -> Iterator[JobGroup]:
    for verdict in GROUPS:
        found = [one for one in page.jobs if one.entry.verdict is verdict]
        if found:
            yield JobGroup(
                code=verdict,
                title=str(FITS[verdict]),
                text=str(GROUP_TEXTS[verdict]),
                jobs=tuple(_line(one, is_own=page.is_own) for one in found),
            )


def _line(shown: JobShown, *, is_own: bool) -> JobLine:
    entry = shown.entry
    return JobLine(
        opening_id=shown.opening.pk,
        facts=job_facts(shown.opening),
        km=km_told(entry.km),
        wish=wish_told(entry.wish, is_own=is_own),
        support=_support(entry),
        open=tuple((area, str(AREA_LABELS[area])) for area in entry.open),
        gaps="; ".join(str(AREA_LABELS[area]) for area in entry.gaps),
        proposed=round_told(shown.round, is_own=is_own),
        proposal=shown.proposal,
        state=str(STATES[shown.proposal.state]) if shown.proposal else "",
    )


def _reserved(page: JobsPage) -> Iterator[JobLine]:
    alive = {one.opening_id: one for one in page.proposals if one.is_live}
    for pair, opening in page.reserved:
        proposal = alive.get(opening.pk)
        yield JobLine(
            opening_id=opening.pk,
            facts=job_facts(opening),
            km=km_told(pair.km),
            wish="",
            support=_support(pair),
            open=tuple((area, str(AREA_LABELS[area])) for area in pair.open),
            gaps="; ".join(str(AREA_LABELS[area]) for area in pair.gaps),
            proposed="",
            proposal=proposal,
            state=str(STATES[proposal.state]) if proposal else "",
        )


def _support(entry: ListedJob | Pair) -> tuple[SupportWords, ...]:
    entries = {one.code: one for one in catalogue().entries}
    return tuple(
        SupportWords(name=measure_name(entries[code]), payer=payer_words(entries[code].measure.scheme))
        for code in entry.support
        if code in entries
    )


def round_told(round_: int | None, *, is_own: bool) -> str:
    """That the fair spread proposed the job; the round is told in words, and nothing hangs on it."""
    if round_ is None:
        return ""
    if round_ == 1:
        return _("Proposed to you.") if is_own else _("Proposed.")
    return _("Proposed to you as one more.") if is_own else _("Proposed as one more.")


def hidden_lines(page: JobsPage) -> tuple[HiddenLine, ...]:
    """How many jobs each reason keeps away, in the order in which the reasons are tried."""
    return tuple(
        HiddenLine(code=reason, title=str(REASONS[reason]), count=page.refused[reason])
        for reason in Reason
        if page.refused.get(reason)
    )


def hidden_shown(page: HiddenPage, *, base: str) -> dict[str, Any]:
    """The context of the jobs that one reason keeps away."""
    return {
        "base": base,
        "page": page,
        "citizen": page.citizen,
        "reason": REASONS[page.reason],
        "text": HIDDEN_TEXTS[page.reason],
        "count": ngettext("%(count)s job", "%(count)s jobs", page.total) % {"count": page.total},
        "lines": [
            {
                "opening_id": opening.pk,
                "facts": job_facts(opening),
                "km": km_told(told.pair.km),
                "why": why_not(told, reason=page.reason),
                "others": [REASONS[one] for one in told.pair.failed if one is not page.reason],
            }
            for opening, told in page.jobs
        ],
        "previous": page.number - 1 if page.number > 1 else None,
        "next": page.number + 1 if page.number < page.pages else None,
    }


HIDDEN_TEXTS = {
    Reason.DISTANCE: gettext_lazy("These jobs are further away than what has been told as the limit."),
    Reason.HOURS: gettext_lazy("These jobs have more or fewer hours than what has been told."),
    Reason.SLOTS: gettext_lazy("These jobs also lie at times that have not been told as possible."),
    Reason.SKILLS: gettext_lazy("These jobs ask for a skill that has not been told."),
    Reason.GAP: gettext_lazy("These jobs ask for more in some area, and no support that both can have carries it."),
}


def why_not(told: PairTold, *, reason: Reason) -> str:
    """Why this job is not among those shown, with its own words."""
    person, job = told.person, told.job
    if reason is Reason.DISTANCE:
        return _("%(far)s away. Told: %(limit)s.") % {"far": km_told(told.pair.km), "limit": limit_told(person)}
    if reason is Reason.HOURS:
        return _("The job: %(job)s. Told: %(person)s.") % {
            "job": hours_range(*job["hours"]),
            "person": hours_range(*person["hours"]),
        }
    if reason is Reason.SLOTS:
        beyond = set(job["slots"]) - set(person["slots"])
        return _("The work also lies here: %(when)s.") % {"when": slots_told(in_week_order(beyond))}
    if reason is Reason.SKILLS:
        beyond = set(job["requires"]) - set(person["skills"])
        return _("The job asks for: %(skills)s.") % {"skills": skills_told(sorted(beyond))}
    areas = listed(str(AREA_LABELS[area]) for area in told.pair.left)
    return _("Support does not carry all of this: %(areas)s.") % {"areas": areas}
