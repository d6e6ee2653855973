"""Companies: the list, a new one, one company's file, changes and its state."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.employers import selectors, services
from jobbro.apps.employers.refusals import HeldAlready, Refused
from jobbro.apps.jobs.partner_selectors import partner_file
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping, reading, show, tell_refusal
from .company_forms import CompanyForm, FilterForm, NewCompanyForm, StateForm, filters_from


@reading
def employers(request: Request) -> HttpResponse:
    """The municipality's partners, own teams first; filters stand in the address."""
    filters = filters_from(request.GET)
    listed = found(selectors.company_list(actor=request.actor, filters=filters, on=request.on))
    context = {"listed": listed, "filters": filters, "filter_form": FilterForm(filters=filters, listed=listed)}
    return render(request, "employers/list.html", context)


@keeping
def employer_add(request: Request) -> HttpResponse:
    """A new partner; a company that is there already is shown with whose it is."""
    choices = found(selectors.add_choices(actor=request.actor, on=request.on))
    form = NewCompanyForm(
        request.POST or None,
        holders=choices.holders,
        municipalities=choices.municipalities,
        initial={"holder": choices.own},
    )
    sheet = Sheet(
        form=form,
        heading=_("Add a company"),
        lead=_("Begin with the CVR number: then nobody contacts the same company twice."),
        button=_("Add the company"),
    )
    if request.method != "POST":
        return show(request, sheet)
    if not form.is_valid():
        return show(request, sheet, status=422)
    try:
        company = services.add_company(
            actor=request.actor,
            cvr=form.cleaned_data["cvr"],
            municipality=form.municipality_code,
            draft=form.draft,
            on=request.on,
            at=request.at,
        )
    except Refused as refusal:
        tell_refusal(form, refusal)
        return show(request, sheet, status=422)
    except HeldAlready as held:
        told = _("%(company)s is a partner already. %(broker)s in %(team)s holds the relation.")
        form.add_error("cvr", told % {"company": held.name, "broker": held.broker, "team": held.team})
        sheet.more["held"] = held
        return show(request, sheet, status=422)
    return redirect("employer", company_id=company.pk)


@reading
def employer(request: Request, company_id: UUID) -> HttpResponse:
    """One company: its entrance, how the partnership is doing, and what was said, promised and agreed."""
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    file = found(partner_file(actor=request.actor, company_id=company_id, number=page, on=request.on))
    context = {"file": file.company, "card": file.company.card, "jobs": file.jobs}
    return render(request, "employers/company.html", context)


@keeping
def employer_change(request: Request, company_id: UUID) -> HttpResponse:
    """Name, ways to reach it, and who is its one entrance."""
    page = found(selectors.company_to_change(actor=request.actor, company_id=company_id, on=request.on))
    card = page.card
    initial = {
        "name": card.name,
        "sector": card.sector,
        "trade": card.trade,
        "holder": f"{card.team_id}:{card.broker_id}",
        "phone": card.phone,
        "email": card.email,
        "website": card.website,
        "seen": card.seen,
    }
    form = CompanyForm(request.POST or None, holders=page.holders, initial=initial)
    sheet = Sheet(form=form, heading=_("Change the company"), button=_("Save"), card=card)
    return answer(
        request,
        sheet,
        do=lambda: services.change_company(
            actor=request.actor,
            company_id=company_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        done=_("Saved."),
        fresh=lambda: found(selectors.company_card(actor=request.actor, company_id=company_id)).seen,
    )


@keeping
def employer_state(request: Request, company_id: UUID) -> HttpResponse:
    """Where the partnership stands; what is open stays in the list until somebody ends it."""
    page = found(selectors.company_to_move(actor=request.actor, company_id=company_id))
    form = StateForm(request.POST or None, moves=page.card.moves, initial={"seen": page.card.seen_state})
    sheet = Sheet(
        form=form,
        heading=_("Where does the partnership stand?"),
        button=_("Save the state"),
        card=page.card,
        template="employers/state.html",
        more={"page": page},
    )
    return answer(
        request,
        sheet,
        do=lambda: services.move_company(
            actor=request.actor,
            company_id=company_id,
            move=form.cleaned_data["move"],
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        to=reverse("employer", args=[company_id]),
        done=_("Saved."),
        fresh=lambda: found(selectors.company_card(actor=request.actor, company_id=company_id)).seen_state,
    )
