"""Engagements as the citizen and those around them read, answer, write and end them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.external_actors.selectors import engagements as selectors
from jobbro.apps.external_actors.services import engagements as services
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, answering, base_of, proposing, reading
from .forms import AnswerForm, EndForm, EngagementForm, EntryForm, PeopleForm


@reading
def engagements(request: Request, citizen_id: UUID) -> HttpResponse:
    """What partners do with the citizen, and have done."""
    listed = found(selectors.engagements_of(actor=request.actor, citizen_id=citizen_id, on=request.on))
    context = {"listed": listed, "base_template": base_of(is_own=listed.is_own)}
    return render(request, "external_actors/engagements.html", context)


@proposing
def engagement_add(request: Request, citizen_id: UUID) -> HttpResponse:
    """First the partner, by its address; then what they are asked to do and told."""
    new = found(selectors.new_engagement(actor=request.actor, citizen_id=citizen_id, on=request.on))
    asked = request.GET.get("partner", "")
    partner = next((one for one in new.partners if str(one.id) == asked), None)
    if partner is None:
        status = 422 if request.method == "POST" else 200
        return render(request, "external_actors/choose_partner.html", {"new": new}, status=status)
    form = EngagementForm(
        request.POST or None,
        themes=partner.themes,
        people=partner.people,
        initial={"shown_name": new.citizen.given_name, "from_on": request.on},
    )
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("Work together with %(partner)s") % {"partner": partner.name},
            title=_("Work with a partner"),
            lead=_("Nobody there reads anything before the citizen has said yes to these words."),
            button=_("Show it to the citizen"),
            under=new.citizen.name,
            back_url=reverse("engagements", args=[citizen_id]),
            back_label=_("Back to the work with partners"),
        ),
        do=lambda: services.propose_engagement(
            actor=request.actor,
            citizen_id=citizen_id,
            draft=form.draft(external_actor_id=partner.id),
            on=request.on,
            at=request.at,
        ),
        done=_("It now waits for the citizen's yes."),
    )


@reading
def engagement(request: Request, engagement_id: UUID) -> HttpResponse:
    """One engagement whole: what they are told, who reads it, what was done, when they looked."""
    page = _page(request, engagement_id)
    context = {"page": page, "row": page.row, "base_template": base_of(is_own=page.is_own)}
    return render(request, "external_actors/engagement.html", context)


@answering
def engagement_answer(request: Request, engagement_id: UUID) -> HttpResponse:
    """The citizen's yes or no; or staff write down how the citizen said yes."""
    page = _page(request, engagement_id)
    if not page.may_answer and request.method != "POST":
        return redirect("engagement", engagement_id=engagement_id)
    form = AnswerForm(request.POST or None, is_own=page.is_own, initial={"seen": page.seen})

    def do() -> object:
        data = form.cleaned_data
        if data["answer"] == "no":
            return services.drop_engagement(actor=request.actor, engagement_id=engagement_id, on=request.on)
        return services.approve_engagement(
            actor=request.actor,
            engagement_id=engagement_id,
            on_behalf=data.get("on_behalf", ""),
            seen=data["seen"],
            at=request.at,
        )

    heading = _("May %(partner)s read this?") % {"partner": page.partner.name}
    return answer(
        request,
        _sheet(
            page,
            form=form,
            heading=heading,
            title=_("Yes or no to a partner"),
            button=_("Save the answer"),
            template="external_actors/answer.html",
        ),
        do=do,
        done=_("The answer is saved."),
        fresh=lambda: _page(request, engagement_id).seen,
    )


@proposing
def engagement_people(request: Request, engagement_id: UUID) -> HttpResponse:
    """Who of the partner's people reads it."""
    page = _page(request, engagement_id)
    people = [(one.pk, one.name) for one in page.choices]
    chosen = [str(one.pk) for one in page.people]
    form = PeopleForm(request.POST or None, people=people, initial={"people": chosen})
    return answer(
        request,
        _sheet(
            page,
            form=form,
            heading=_("Who of them reads it?"),
            lead=_("The citizen sees the names. Somebody who is not chosen any more reads nothing from now on."),
            button=_("Save who reads it"),
        ),
        do=lambda: services.name_people(
            actor=request.actor, engagement_id=engagement_id, person_ids=form.ids, on=request.on
        ),
        done=_("Saved."),
    )


@answering
def engagement_write(request: Request, engagement_id: UUID) -> HttpResponse:
    """The citizen, or staff, write what was done or how it went."""
    page = _page(request, engagement_id)
    found(page.may_write or None)
    form = EntryForm(request.POST or None, is_staff=not page.is_own, initial={"done_on": request.on})
    return answer(
        request,
        _sheet(page, form=form, heading=_("Write about the work together"), button=_("Save")),
        do=lambda: services.write_entry(
            actor=request.actor, engagement_id=engagement_id, draft=form.draft, on=request.on, at=request.at
        ),
        done=_("Saved."),
    )


@answering
def engagement_take_back(request: Request, engagement_id: UUID) -> HttpResponse:
    """The consent is taken back: nobody outside reads it from the next moment."""
    page = _page(request, engagement_id)
    if request.method != "POST":
        if not page.may_take_back:
            return redirect("engagement", engagement_id=engagement_id)
        context = {"page": page, "row": page.row, "base_template": base_of(is_own=page.is_own)}
        return render(request, "external_actors/take_back.html", context)
    found(page.approved_at)
    services.take_back_consent(actor=request.actor, engagement_id=engagement_id, at=request.at)
    return redirect("engagement", engagement_id=engagement_id)


@proposing
def engagement_end(request: Request, engagement_id: UUID) -> HttpResponse:
    """How it ended: how far the goal was reached, in the words of both."""
    page = _page(request, engagement_id)
    if page.row.state != "approved" and request.method != "POST":
        return redirect("engagement", engagement_id=engagement_id)
    form = EndForm(request.POST or None, initial={"seen": page.seen})
    return answer(
        request,
        _sheet(
            page,
            form=form,
            heading=_("End the work together"),
            lead=_("They read nothing more from now on. What was written stays here."),
            button=_("End it"),
            template="external_actors/end.html",
        ),
        do=lambda: services.end_engagement(
            actor=request.actor,
            engagement_id=engagement_id,
            result=form.cleaned_data["result"],
            words=form.cleaned_data["words"],
            seen=form.cleaned_data["seen"],
            on=request.on,
            at=request.at,
        ),
        done=_("The work together has ended."),
        fresh=lambda: _page(request, engagement_id).seen,
    )


def _page(request: Request, engagement_id: UUID) -> selectors.EngagementPage:
    return found(selectors.engagement_page(actor=request.actor, engagement_id=engagement_id, on=request.on))


def _sheet(
    page: selectors.EngagementPage,
    *,
    form: object,
    heading: str,
    button: str,
    lead: str = "",
    title: str = "",
    template: str = "external_actors/form.html",
) -> Sheet:
    return Sheet(
        form=form,  # type: ignore[arg-type]
        heading=heading,
        button=button,
        lead=lead,
        title=title,
        under=page.partner.name if page.is_own else f"{page.citizen.name} · {page.partner.name}",
        back_url=reverse("engagement", args=[page.row.pk]),
        back_label=_("Back"),
        base=base_of(is_own=page.is_own),
        template=template,
        more={"page": page, "row": page.row},
    )
