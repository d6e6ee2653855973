"""Special efforts: the list, a new one, one with its people and result, one contact; and the figures."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.outreach import selectors, services
from jobbro.apps.outreach.refusals import NotNow, NotThere
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, contacting, leading, listing, reading, studying
from .forms import ContactForm, EffortForm, ListForm
from .words import COUNTED


@listing
def outreach_efforts(request: Request) -> HttpResponse:
    """The municipality's efforts, those under way first."""
    listed = found(selectors.effort_list(actor=request.actor, on=request.on))
    return render(request, "outreach/efforts.html", {"listed": listed})


@leading
def outreach_effort_add(request: Request) -> HttpResponse:
    """A new effort: what for, whom it is for and by which facts they are found."""
    form = EffortForm(
        request.POST or None, municipalities=request.actor.municipalities, initial={"from_on": request.on}
    )
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("Start an effort"),
            lead=_(
                "An effort offers something to people who may want it. It decides nothing, and everybody can say no."
            ),
            button=_("Start the effort"),
            back_url=reverse("outreach_efforts"),
            back_label=_("Back to the efforts"),
        ),
        do=lambda: services.start_effort(
            actor=request.actor, municipality=form.code, draft=form.draft, on=request.on, at=request.at
        ),
        done=_("The effort has started. Now choose who comes onto the list."),
        to=lambda row: reverse("outreach_effort", args=[row.pk]),
    )


@reading
def outreach_effort(request: Request, effort_id: UUID) -> HttpResponse:
    """One effort: its facts, those on the list that the reader works with, and the result over all teams."""
    page = _page(request, effort_id)
    request.look.extra.extend(one.citizen_id for one in page.people)
    result = page.result
    context = {
        "page": page,
        "row": page.row,
        "responses": [(COUNTED[code], count) for code, count in result.responses],
        "followed": [(COUNTED[code], count) for code, count in result.followed],
    }
    return render(request, "outreach/effort.html", context)


@contacting
def outreach_list(request: Request, effort_id: UUID) -> HttpResponse:
    """Who of those the facts find comes onto the list: a person chooses, nobody is ticked beforehand."""
    page = _page(request, effort_id)
    request.look.extra.extend(one.citizen_id for one in page.candidates)
    form = ListForm(request.POST or None, people=[(one.citizen_id, one.name) for one in page.candidates])
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("Who comes onto the list?"),
            lead=_(
                "These are your citizens whom the facts of the effort find. Whoever has said no or not now is not here."
            ),
            button=_("Put them on the list"),
            under=page.row.name,
            back_url=reverse("outreach_effort", args=[effort_id]),
            back_label=_("Back to the effort"),
            template="outreach/choose.html",
            more={"page": page},
        ),
        do=lambda: services.list_people(actor=request.actor, effort_id=effort_id, citizen_ids=form.ids, on=request.on),
        done=_("They are on the list."),
    )


@leading
def outreach_effort_end(request: Request, effort_id: UUID) -> HttpResponse:
    """The effort has its last day; list and result stay."""
    listed = found(selectors.effort_to_end(actor=request.actor, effort_id=effort_id))
    if request.method != "POST":
        return render(request, "outreach/end.html", {"row": listed})
    try:
        services.end_effort(actor=request.actor, effort_id=effort_id, on=request.on)
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.warning(request, _("The effort had ended already."))
    else:
        messages.success(request, _("The effort has its last day today."))
    return redirect("outreach_effort", effort_id=effort_id)


@contacting
def outreach_contact(request: Request, listed_id: UUID) -> HttpResponse:
    """How somebody was reached, and what they said."""
    page = found(selectors.contact_page(actor=request.actor, person_id=listed_id))
    form = ContactForm(request.POST or None, initial={"contacted_on": request.on})
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("What came of the contact?"),
            button=_("Save the contact"),
            under=f"{page.name} · {page.effort.name}",
            back_url=reverse("outreach_effort", args=[page.effort.pk]),
            back_label=_("Back to the effort"),
        ),
        do=lambda: services.note_contact(
            actor=request.actor, person_id=listed_id, on=request.on, at=request.at, **form.cleaned_data
        ),
        done=_("The contact is saved."),
    )


@studying
def identification(request: Request) -> HttpResponse:
    """Who was asked, what they said and what followed, by quarter; small numbers are hidden."""
    figures = found(selectors.identification(actor=request.actor))
    context = {
        "figures": figures,
        "answer_words": [COUNTED[code] for code in selectors.ANSWERS],
        "followed_words": [COUNTED[code] for code in selectors.FOLLOWED],
    }
    return render(request, "outreach/identification.html", context)


def _page(request: Request, effort_id: UUID) -> selectors.EffortPage:
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return found(selectors.effort_page(actor=request.actor, effort_id=effort_id, number=number, on=request.on))
