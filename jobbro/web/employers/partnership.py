"""What was said, promised and agreed: the dialogue log, the yearly talk, promises and agreements."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jobbro.apps.employers import selectors, services
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping
from .partnership_forms import AgreementForm, EndAgreementForm, EndPromiseForm, PromiseForm, TalkForm, YearlyTalkForm


@keeping
def talk_add(request: Request, company_id: UUID) -> HttpResponse:
    """One more entry of the dialogue log."""
    page = found(selectors.company_page(actor=request.actor, company_id=company_id))
    form = TalkForm(request.POST or None, workplaces=page.workplaces, initial={"held_on": request.on})
    sheet = Sheet(
        form=form,
        heading=_("Write in the dialogue log"),
        lead=_("What is written here stands as it is. If something was wrong, write a new entry."),
        button=_("Save in the log"),
        card=page.card,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.write_talk(
            actor=request.actor, company_id=company_id, draft=form.draft, on=request.on, at=request.at
        ),
        done=_("It stands in the log."),
    )


@keeping
def yearly_talk_add(request: Request, company_id: UUID) -> HttpResponse:
    """What both said when the partnership was talked through."""
    page = found(selectors.company_page(actor=request.actor, company_id=company_id))
    form = YearlyTalkForm(request.POST or None, initial={"held_on": request.on})
    sheet = Sheet(
        form=form,
        heading=_("The yearly talk"),
        lead=_("How do both sides find the partnership? Nobody gets marks. The company can read all of it."),
        button=_("Save the talk"),
        card=page.card,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.hold_yearly_talk(
            actor=request.actor, company_id=company_id, draft=form.draft, on=request.on, at=request.at
        ),
        done=_("The talk is saved."),
    )


@keeping
def promise_add(request: Request, company_id: UUID) -> HttpResponse:
    """What one side promised the other."""
    page = found(selectors.company_page(actor=request.actor, company_id=company_id))
    form = PromiseForm(request.POST or None, initial={"promised_on": request.on})
    sheet = Sheet(
        form=form,
        heading=_("Note a promise"),
        lead=_("Promises of both sides stand together, and both can read them."),
        button=_("Save the promise"),
        card=page.card,
        begins_something=True,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.make_promise(actor=request.actor, company_id=company_id, draft=form.draft, on=request.on),
        done=_("The promise is noted."),
    )


@keeping
def promise_end(request: Request, promise_id: UUID) -> HttpResponse:
    """Kept, or dropped with a reason."""
    page = found(selectors.promise_page(actor=request.actor, promise_id=promise_id))
    if page.is_over and request.method != "POST":
        return redirect("employer", company_id=page.card.id)
    form = EndPromiseForm(request.POST or None, initial={"ended_on": request.on})
    sheet = Sheet(
        form=form,
        heading=_("How did the promise end?"),
        lead=page.row.text,
        button=_("Save the end"),
        card=page.card,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.end_promise(actor=request.actor, promise_id=promise_id, on=request.on, **form.cleaned_data),
        done=_("It is noted."),
    )


@keeping
def agreement_add(request: Request, company_id: UUID) -> HttpResponse:
    """Something agreed for a period; it may take the place of an older agreement."""
    page = found(selectors.company_to_agree_with(actor=request.actor, company_id=company_id, on=request.on))
    form = AgreementForm(
        request.POST or None,
        agreements=page.agreements,
        initial={"agreed_on": request.on, "from_on": request.on, "replaces": request.GET.get("replaces", "")},
    )
    sheet = Sheet(
        form=form,
        heading=_("Note an agreement"),
        lead=_("An agreement stands as written. When it changes, write a new one that takes its place."),
        button=_("Save the agreement"),
        card=page.card,
        begins_something=True,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.make_agreement(
            actor=request.actor, company_id=company_id, draft=form.draft, on=request.on, at=request.at
        ),
        done=_("The agreement is noted."),
    )


@keeping
def agreement_end(request: Request, agreement_id: UUID) -> HttpResponse:
    """The last day of an agreement."""
    page = found(selectors.agreement_page(actor=request.actor, agreement_id=agreement_id, on=request.on))
    if page.is_over and request.method != "POST":
        return redirect("employer", company_id=page.card.id)
    form = EndAgreementForm(request.POST or None, initial={"until_on": request.on})
    sheet = Sheet(
        form=form,
        heading=_("When does the agreement end?"),
        lead=page.row.title,
        button=_("Save the last day"),
        card=page.card,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.end_agreement(
            actor=request.actor, agreement_id=agreement_id, on=request.on, **form.cleaned_data
        ),
        done=_("The agreement has got a last day."),
    )
