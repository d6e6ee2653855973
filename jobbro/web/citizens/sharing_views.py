"""Consents, which are for sharing only, and benefit periods, which stand on the side."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.citizens import services
from jobbro.apps.citizens.enums import ConsentPurpose
from jobbro.apps.citizens.selectors import Benefits, Consents, benefits_of, consents_of
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.requests import Request

from .forms import BenefitEndForm, BenefitForm, ConsentForm


def _consents(request: Request, *, citizen_id: UUID) -> Consents:
    found = consents_of(actor=request.actor, citizen_id=citizen_id)
    if found is None:
        raise Http404
    return found


@page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def citizen_consents(request: Request, citizen_id: UUID) -> HttpResponse:
    """What may be shared; give a consent."""
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.give_consent(
                actor=request.actor,
                citizen_id=citizen_id,
                purpose=ConsentPurpose(form.cleaned_data["purpose"]),
                recipient=form.cleaned_data["recipient"],
                at=request.at,
            )
        except services.CitizenUnknown:
            raise Http404 from None
        messages.success(request, _("The consent has been saved. It can be taken back at any time."))
        return redirect("citizen_consents", citizen_id)
    is_own = request.actor.citizen_id is not None
    context = {
        "form": form,
        "consents": _consents(request, citizen_id=citizen_id),
        "is_own": is_own,
        "base_template": "base_citizen.html" if is_own else "base_staff.html",
    }
    return render(request, "citizens/consents.html", context, status=422 if form.errors else 200)


@page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def consent_withdraw(request: Request, citizen_id: UUID, consent_id: UUID) -> HttpResponse:
    """Take a consent back, after a question."""
    found = _consents(request, citizen_id=citizen_id)
    consent = next((consent for consent in found.standing if consent.id == consent_id), None)
    if consent is None:
        return redirect("citizen_consents", citizen_id)
    if request.method == "POST":
        services.withdraw_consent(actor=request.actor, citizen_id=citizen_id, consent_id=consent_id, at=request.at)
        messages.success(request, _("The consent has been taken back. From now on nothing is shared on it."))
        return redirect("citizen_consents", citizen_id)
    base = "base_citizen.html" if request.actor.citizen_id else "base_staff.html"
    context = {"consents": found, "consent": consent, "base_template": base}
    return render(request, "citizens/consent_withdraw.html", context)


@page(CASEWORK, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def citizen_benefit(request: Request, citizen_id: UUID) -> HttpResponse:
    """Which benefit when; a new one ends the one before."""
    form = BenefitForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.set_benefit_period(
                actor=request.actor,
                citizen_id=citizen_id,
                benefit=form.cleaned_data["benefit"],
                from_on=form.cleaned_data["from_on"],
            )
        except services.CitizenUnknown:
            raise Http404 from None
        except services.PeriodNotInOrder as refused:
            form.add_error("from_on", _not_in_order(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("citizen_benefit", citizen_id)
    return _benefits(request, citizen_id=citizen_id, form=form, end_form=BenefitEndForm(prefix="end"))


@page(CASEWORK, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def citizen_benefit_end(request: Request, citizen_id: UUID) -> HttpResponse:
    """The benefit that holds now ends."""
    if request.method != "POST":
        return redirect("citizen_benefit", citizen_id)
    form = BenefitEndForm(request.POST, prefix="end")
    if form.is_valid():
        try:
            services.end_benefit_period(
                actor=request.actor, citizen_id=citizen_id, until_on=form.cleaned_data["until_on"]
            )
        except services.CitizenUnknown:
            raise Http404 from None
        except services.PeriodNotInOrder as refused:
            form.add_error("until_on", _not_in_order(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("citizen_benefit", citizen_id)
    return _benefits(request, citizen_id=citizen_id, form=BenefitForm(), end_form=form)


def _not_in_order(refused: services.PeriodNotInOrder) -> str:
    return _("The newest period began on %(day)s. Choose a later day.") % {"day": spoken_date(day=refused.begins_on)}


def _benefits(request: Request, *, citizen_id: UUID, form: BenefitForm, end_form: BenefitEndForm) -> HttpResponse:
    found: Benefits | None = benefits_of(actor=request.actor, citizen_id=citizen_id)
    if found is None:
        raise Http404
    wrong = form if form.errors else end_form
    context = {"benefits": found, "new_form": form, "end_form": end_form, "form": wrong}
    return render(request, "citizens/benefit.html", context, status=422 if wrong.errors else 200)
