"""The proposal as the letter says it: the same words as the page, nothing of whom it is for."""

from datetime import date

from django.utils.translation import gettext as _

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.jobs.selectors.proposals import ProposalPage
from jobbro.webkit.charts import week_svg
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes.values import language

from .jobs_reading import case_shown, job_week, task_lines
from .pdf import PrintedProposal, ProposalWords
from .reading import measure_lines
from .words import hours_told, wage_told


def printed_proposal(page: ProposalPage, *, actor: Actor, on: date) -> PrintedProposal:
    """All that stands in the proposal."""
    week = job_week(page)
    case = case_shown(page.case)
    name, phone = page.contact
    contact = f"{name}, {phone or actor.phone}" if phone or actor.phone else name
    return PrintedProposal(
        language=language(),
        title=page.job.title,
        sender=actor.municipality,
        place=f"{page.workplace.name}, {page.workplace.company.name}",
        description=page.job.description,
        facts=(
            (_("Hours a week"), hours_told(page.job.hours)),
            (_("Wage"), wage_told(page.job.wage)),
            (_("Printed"), spoken_date(day=on)),
        ),
        tasks=tuple(
            (task.name, task.hours, task.when, task.place or "–", task.holder or "–") for task in task_lines(page.tasks)
        ),
        week_title=week.title,
        week_svg=week_svg(week, language=language()) if week.lines else "",
        week_alt=f"{week.title}. {week.spoken}",
        week=tuple((line.label, line.hours, line.tasks) for line in week.lines),
        case=(
            case.sentence,
            *(_("%(post)s: %(hours)s.") % {"post": line.holder, "hours": line.hours} for line in case.freed),
            _("The figures are an estimate of a normal week, before any subsidy."),
        ),
        support=tuple((line.name, line.payer) for line in measure_lines(page.supports)),
        next=(
            _("Say yes or not now when it suits you; nothing has been decided yet."),
            _("Your contact: %(contact)s.") % {"contact": contact},
        ),
        words=ProposalWords(
            page=_("Page"),
            work=_("The work"),
            task_head=(_("Task"), _("Hours"), _("When"), _("Where"), _("Who does it today")),
            week=_("A normal week"),
            week_head=(_("When"), _("Hours"), _("What is done")),
            gives=_("What it gives you"),
            support=_("Support that goes with the job"),
            next=_("What happens next"),
        ),
    )
