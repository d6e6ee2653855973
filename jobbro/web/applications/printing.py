"""An application as the letter says it: the same words as the page."""

from datetime import date

from django.utils.translation import gettext as _

from jobbro.apps.applications.selectors import ApplicationPage
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.due import state_words
from jobbro.webkit.schemes.values import language

from .pdf.document import PrintedApplication, PrintedWords
from .reading import application_facts, decision_facts, documents_shown, has_hours
from .words import said


def printed_application(page: ApplicationPage, *, sender: str, on: date) -> PrintedApplication:
    """All that stands in the letter. The CPR number is left for the hand: it is not in the file's own text."""
    decision = page.decision
    return PrintedApplication(
        language=language(),
        title=_("Application: %(title)s") % {"title": said(page.procedure.title)},
        sender=sender,
        facts=(
            (_("For"), page.citizen.name),
            (_("Where it stands"), state_words(page.state, outcome=decision.outcome if decision else "")),
            (_("Form"), _form_words(page)),
            *(((_("Sent"), spoken_date(day=page.sent_on)),) if page.sent_on else ()),
            (_("Printed"), spoken_date(day=on)),
        ),
        cpr=_("CPR number (write it by hand)"),
        answers=tuple((fact.label, fact.value) for fact in application_facts(page) if fact.value),
        documents=tuple(
            (str(line["title"]), str(line["state"]), line["document"].reference) for line in documents_shown(page)
        ),
        decision=tuple((fact.label, fact.value) for fact in decision_facts(decision, has_hours=has_hours(page)))
        if decision
        else (),
        complaint=f"{said(page.procedure.complaint.text)} {said(page.procedure.complaint.to)}.",
        words=PrintedWords(
            page=_("Page"),
            answers=_("What the application says"),
            nothing=_("Nothing has been written yet."),
            documents=_("Documents"),
            document_head=(_("Document"), _("Where it is"), _("Reference")),
            decision=_("Decision"),
            complaint=_("If you disagree with the decision"),
        ),
    )


def _form_words(page: ApplicationPage) -> str:
    form = page.procedure.form
    return f"{form.code}: {said(form.name)}" if form.code else said(form.name)
