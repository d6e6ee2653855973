"""The table as the company sees it: what stands on the card, what was said and arranged, the agreement."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.employer_selectors import chosen_company
from jobbro.apps.placements.enums import IntroductionState, MeetingKind, Outcome, Party
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere
from jobbro.apps.placements.selectors import ours as selectors
from jobbro.apps.placements.services.agreements import sign
from jobbro.apps.placements.services.introductions import say
from jobbro.webkit.companies import company_asked
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, looked, our_keeping, our_listing, our_printing, our_reading, show_ours
from .calendar import calendar_answer
from .forms import SaidForm, SignForm
from .pdf import pdf_answer
from .reading import agreement_shown, arranged_shown, people_shown, said_lines, version_lines
from .words import NOT_NOW


@our_listing
def our_introductions(request: Request) -> HttpResponse:
    """The company's meetings and agreements."""
    own = found(selectors.our_introductions(actor=request.actor, company_id=company_asked(request), on=request.on))
    if not own.choice.card.is_closed:
        looked(request, choice=own.choice, citizen_ids=[one.citizen_id for one in (*own.coming, *own.past)])
    return show_ours(request, "placements/our_introductions.html", choice=own.choice, own=own)


@our_keeping
def our_introduction(request: Request, introduction_id: UUID) -> HttpResponse:
    """One meeting, and the company's own words for it."""
    own = selectors.our_introduction(actor=request.actor, introduction_id=introduction_id, on=request.on)
    if own is None:
        return _not_here(request)
    looked(request, choice=own.choice, citizen_ids=[own.meeting.citizen_id])
    form = SaidForm(request.POST or None, is_staff=False, prefix="said")

    def again(*, status: int = 200) -> HttpResponse:
        return _show_table(request, own=own, form=form, status=status)

    if request.method != "POST" or own.choice.card.is_closed:
        return again()
    if not form.is_valid():
        return again(status=422)
    back = reverse("our_introduction", args=[introduction_id])
    return act(
        request,
        do=lambda: say(actor=request.actor, introduction_id=introduction_id, words=form.words, at=request.at),
        form=form,
        again=again,
        to=f"{back}#said",
        late=back,
        done=_("It is written. Everybody at the table can read it."),
    )


def _show_table(request: Request, *, own: selectors.OurIntroduction, form: SaidForm, status: int) -> HttpResponse:
    row = own.meeting.introduction
    names = {code: en if language() == "en" else da for code, da, en in own.support}
    return show_ours(
        request,
        "placements/our_introduction.html",
        choice=own.choice,
        own=own,
        row=row,
        kind=str(MeetingKind(row.kind).label),
        people=people_shown(own.participants),
        said=said_lines(own.said, own=Party.EMPLOYER),
        lines=arranged_shown(own.arrangements, names=names, on=request.on),
        support=list(names.values()),
        outcome=str(Outcome(row.outcome).label) if row.outcome else "",
        form=form if row.state != IntroductionState.CANCELLED else None,
        status=status,
    )


@our_reading
def our_introduction_calendar(request: Request, introduction_id: UUID) -> HttpResponse:
    """The meeting as a file for a calendar."""
    own = selectors.our_introduction(actor=request.actor, introduction_id=introduction_id, on=request.on)
    if own is None:
        return _not_here(request)
    looked(request, choice=own.choice, citizen_ids=[own.meeting.citizen_id])
    row = own.meeting.introduction
    return calendar_answer(
        meeting_id=row.pk,
        summary=_("Meeting"),
        place=row.place,
        meets_at=row.meets_at,
        changed_at=row.changed_at,
        is_off=row.state == IntroductionState.CANCELLED,
    )


@our_reading
def our_agreement(request: Request, version_id: UUID) -> HttpResponse:
    """One wording, and the button for the company's signature."""
    own = selectors.our_agreement(actor=request.actor, version_id=version_id)
    return _show_agreement(request, own=own) if own else _not_here(request)


@our_printing
def our_agreement_pdf(request: Request, version_id: UUID) -> HttpResponse:
    """The wording on paper."""
    own = selectors.our_agreement(actor=request.actor, version_id=version_id)
    if own is None or own.choice.card.is_closed:
        return _not_here(request)
    looked(request, choice=own.choice, citizen_ids=[own.told.version.citizen_id])
    return pdf_answer(own.told, actor=request.actor, on=request.on)


@our_keeping
def our_agreement_sign(request: Request, version_id: UUID) -> HttpResponse:
    """The company signs the words that were shown."""
    if request.method != "POST":
        return redirect("our_agreement", version_id)
    own = selectors.our_agreement(actor=request.actor, version_id=version_id)
    if own is None:
        return _not_here(request)
    if own.choice.card.is_closed:
        return _show_agreement(request, own=own)
    try:
        sign(actor=request.actor, version_id=version_id, digest=request.POST.get("digest", ""), at=request.at)
    except NotThere as error:
        raise Http404 from error
    except Changed:
        return _show_agreement(request, own=own, status=409)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
    else:
        messages.success(request, _("You have signed. You can read here who has signed, and when."))
    return redirect("our_agreement", version_id)


def _show_agreement(request: Request, *, own: selectors.OurAgreement, status: int = 200) -> HttpResponse:
    told = own.told
    looked(request, choice=own.choice, citizen_ids=[told.version.citizen_id])
    return show_ours(
        request,
        "placements/our_agreement.html",
        choice=own.choice,
        own=own,
        told=told,
        version=told.version,
        shown=agreement_shown(told),
        versions=version_lines(told.versions),
        newest=told.versions[-1],
        form=SignForm(initial={"digest": told.version.digest}),
        sign_url=reverse("our_agreement_sign", args=[told.version.pk]),
        version_url="our_agreement",
        is_conflict=status == 409,
        status=status,
    )


def _not_here(request: Request) -> HttpResponse:
    """Called back with the card, or never theirs: one answer that names nobody, and the try is recorded."""
    request.denied = request.look
    choice = found(chosen_company(actor=request.actor))
    return show_ours(request, "placements/not_here.html", choice=choice, status=404)
