"""Jobs, notices, wishes and what was learnt, as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.mobility.enums import ChangeKind, ChangeWhen, NoticeBasis, ObservationState, Source, StepOwner
from jobbro.apps.mobility.selectors.pages import JobLine, MobilityPage, NoticePage, ObservationLine, StepLine
from jobbro.apps.placements.enums import EndedBy, EndReason
from jobbro.engines.occupations.task_library import skills as known_skills
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.schemes.values import language

from .words import OWN_STATES, countdown


@dataclass(frozen=True, kw_only=True)
class JobShown:
    """A job in words; `until`: what is known of its last day."""

    id: Any
    title: str
    employer: str
    since: date | None
    until: str
    notice_id: Any
    is_over: bool
    is_closed: bool


@dataclass(frozen=True, kw_only=True)
class ObservationShown:
    """What goes well, and what the citizen says to it."""

    id: Any
    area: str
    topic: str
    words: str
    who: str
    state: str
    is_agreed: bool
    may_answer: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """A step until the last day in words."""

    id: Any
    title: str
    owner: str
    due_on: date
    done: str
    dropped: str
    may_tick: bool
    is_late: bool
    seen: str


def page_shown(page: MobilityPage, *, on: date) -> dict[str, Any]:
    """The context of the page of a person between or in jobs."""
    return {
        "page": page,
        "is_own": page.is_own,
        "base_template": base_of(is_own=page.is_own),
        "running": [job_shown(job, on=on, is_own=page.is_own) for job in page.running],
        "over": [job_shown(job, on=on, is_own=page.is_own) for job in page.over],
        "wish": wish_shown(page),
        "experience": [
            {"skills": ", ".join(skill_name(skill) for skill in row.skills), "on_behalf": row.on_behalf}
            for row in page.experience
        ],
        "observations": [observation_shown(line, is_own=page.is_own) for line in page.observations],
    }


def wish_shown(page: MobilityPage) -> dict[str, Any] | None:
    """The wish that stands, in words."""
    row = page.wish
    if row is None:
        return None
    return {
        "row": row,
        "kinds": [str(ChangeKind(kind).label) for kind in row.kinds],
        "soon": str(ChangeWhen(row.soon).label),
        "seen": page.seen,
    }


def job_shown(job: JobLine, *, on: date, is_own: bool) -> JobShown:
    """One job in words."""
    row = job.placement
    return JobShown(
        id=row.pk,
        title=row.title,
        employer=job.version.employer_name,
        since=row.starts_on,
        until=countdown(last_on=job.last_on, on=on, is_own=is_own) if job.last_on else "",
        notice_id=job.notice.pk if job.notice else None,
        is_over=job.is_over,
        is_closed=row.ended_on is not None,
    )


def observation_shown(line: ObservationLine, *, is_own: bool) -> ObservationShown:
    """What goes well in words."""
    row = line.row
    return ObservationShown(
        id=row.pk,
        area=str(AREA_LABELS[row.area]),
        topic=row.area,
        words=row.words,
        who=str(Source(row.seen_by).label),
        state=str(OWN_STATES[row.state]) if is_own else str(ObservationState(row.state).label),
        is_agreed=row.state == ObservationState.AGREED,
        may_answer=line.may_answer,
        seen=line.seen,
    )


def notice_shown(page: NoticePage, *, on: date) -> dict[str, Any]:
    """The context of the pages of one notice."""
    row = page.notice
    facts = [
        (_("Who ended the job"), str(EndedBy(row.given_by).label)),
        (_("Why"), str(EndReason(row.reason).label)),
        (_("Notice was given"), spoken_date(day=row.given_on)),
        (_("Last day"), spoken_date(day=row.last_on)),
        (_("Where the day is known from"), str(NoticeBasis(row.basis).label)),
    ]
    if row.period_text:
        facts.append((_("The notice period, as it was told"), row.period_text))
    return {
        "page": page,
        "is_own": page.is_own,
        "base_template": base_of(is_own=page.is_own),
        "job": job_shown(page.job, on=on, is_own=page.is_own),
        "until": countdown(last_on=row.last_on, on=on, is_own=page.is_own),
        "facts": facts,
        "steps": steps_shown(page.steps, is_own=page.is_own),
    }


def steps_shown(steps: Iterable[StepLine], *, is_own: bool) -> list[StepShown]:
    """The steps in words."""
    return [
        StepShown(
            id=line.row.pk,
            title=line.row.title[language()],
            owner=_owner(line, is_own=is_own),
            due_on=line.row.due_on,
            done=_("Done %(day)s, told by %(name)s")
            % {"day": spoken_date(day=line.row.done_on), "name": line.row.done_name}
            if line.row.done_on
            else "",
            dropped=line.row.dropped_reason,
            may_tick=line.may_tick,
            is_late=line.is_late,
            seen=line.seen,
        )
        for line in steps
    ]


def _owner(line: StepLine, *, is_own: bool) -> str:
    if is_own and line.row.owner == StepOwner.CITIZEN:
        return _("your task")
    return str(StepOwner(line.row.owner).label)


def skill_name(skill: str) -> str:
    """A skill of the library by its name; one in own words as it stands."""
    names = {one.code: one.name.in_language(language()) for one in known_skills()}
    return names.get(skill, skill)


def base_of(*, is_own: bool) -> str:
    """The page's frame: the citizen's or the desk's."""
    return "base_citizen.html" if is_own else "base_staff.html"
