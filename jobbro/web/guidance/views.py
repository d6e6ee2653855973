"""The pages of guidance: schemes and the next question, what would be otherwise, the facts, and what was kept."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.guidance import selectors, services
from jobbro.apps.guidance.refusals import Changed, NotThere, Refused
from jobbro.apps.guidance.selectors import FactPage, GuidancePage, Supposed
from jobbro.apps.guidance.selectors.guidance import Question
from jobbro.engines.schemes.rules import Package
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, is_htmx, page
from jobbro.webkit.requests import Request, found

from .facts import fact_lines, fact_shown, gone_labels
from .forms import FactForm, KeepForm, WhatIfForm, WithdrawForm, add_refusal, field_value
from .kept import kept_shown
from .showing import guidance_shown, what_if_shown
from .words import said

READ = either(FILE, CITIZEN)
TELL = either(CASEWORK, CITIZEN)

reading = page(READ, purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
telling = page(READ, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
withdrawing = page(TELL, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
keeping = page(CASEWORK, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)


@telling
def guidance(request: Request, citizen_id: UUID) -> HttpResponseBase:
    """Every scheme answered, and the next question on the same page."""
    if request.method == "POST":
        return _answer(request, citizen_id=citizen_id, code=request.POST.get("fact_code", "")[:60], to="guidance")
    shown = found(selectors.guidance_for(actor=request.actor, citizen_id=citizen_id, on=request.on))
    return _show_guidance(request, shown=shown, form=_fact_form(request, question=shown.question))


def _show_guidance(
    request: Request, *, shown: GuidancePage, form: FactForm | None, question: Question | None = None, status: int = 200
) -> HttpResponse:
    asked = question or shown.question
    context = {
        **guidance_shown(shown),
        "form": form,
        "question": asked,
        "is_conflict": status == 409,
        "is_swapped": is_htmx(request),
    }
    return render(request, "guidance/guidance.html", context, status=status)


def _fact_form(request: Request, *, question: Question | None, data: Any = None) -> FactForm | None:
    """The form of the next question; empty where nobody has answered it."""
    if question is None:
        return None
    known = question.known
    initial = {
        "fact_code": question.fact.code,
        "seen": question.seen,
        "value": field_value(known.value) if known else None,
        "note": known.note if known and not known.origin else "",
        "source": known.source if known and known.source in ("declared", "documented") else "declared",
    }
    return FactForm(
        data,
        initial=initial,
        fact=question.fact,
        is_own=request.actor.citizen_id is not None,
        is_easy=request.is_easy,
    )


def _answer(request: Request, *, citizen_id: UUID, code: str, to: str) -> HttpResponseBase:
    """One fact is told; then the page that asked, with what it changed."""
    request.look.kind = Kind.WRITE
    known = found(selectors.fact_for(actor=request.actor, citizen_id=citizen_id, code=code, on=request.on))
    if not known.may_tell:
        raise PermissionDenied
    form = _fact_form(request, question=known.question, data=request.POST)
    assert form is not None
    nobody_knows = request.POST.get("go") == "dont_know" or request.POST.get("value") == "dont_know"
    if not form.is_valid() and not (nobody_knows and set(form.errors) <= {"value"}):
        return _back(request, known=known, form=form, to=to, status=422)
    if form.is_unanswered and not nobody_knows:
        form.add_error("value", _("Choose or write an answer, or say that you do not know."))
        return _back(request, known=known, form=form, to=to, status=422)
    try:
        services.tell_fact(
            actor=request.actor,
            citizen_id=citizen_id,
            draft=form.draft(nobody_knows=nobody_knows),
            seen=form.cleaned_data.get("seen"),
            at=request.at,
            on=request.on,
        )
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        add_refusal(form, reason=refusal.reason, sentence=_clash(known.package, code=refusal.code))
        return _back(request, known=known, form=form, to=to, status=422)
    except Changed:
        return _back(request, known=known, form=_with_seen(form, seen=known.question.seen), to=to, status=409)
    if to == "guidance":
        return redirect("guidance", citizen_id)
    messages.success(request, _("Saved."))
    return redirect("guidance_facts", citizen_id)


def _clash(package: Package, *, code: str) -> str:
    """What to put right when two facts cannot both be true."""
    return next((said(one.text) for one in package.contradictions if one.id == code), "")


def _with_seen(form: FactForm, *, seen: UUID | None) -> FactForm:
    """The next sending of this form knows the newer row."""
    data = cast(QueryDict, form.data).copy()
    data["seen"] = str(seen or "")
    form.data = data
    return form


def _back(request: Request, *, known: FactPage, form: FactForm, to: str, status: int) -> HttpResponse:
    """The form with what was typed, on the page that asked."""
    if to == "guidance_fact":
        return _show_fact(request, shown=known, form=form, status=status)
    shown = found(selectors.guidance_for(actor=request.actor, citizen_id=known.who.citizen_id, on=request.on))
    return _show_guidance(request, shown=shown, form=form, question=known.question, status=status)


@page(READ, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
def guidance_what_if(request: Request, citizen_id: UUID) -> HttpResponse:
    """Another day, another job: what would change. It answers a form, so that nothing stands in the address."""
    shown = found(selectors.what_if(actor=request.actor, citizen_id=citizen_id, on=request.on, supposed=None))
    if request.method != "POST":
        return _show_what_if(request, context={}, form=WhatIfForm(package=shown.now.package), who=shown.now.who)
    form = WhatIfForm(request.POST, package=shown.now.package)
    if not form.is_valid():
        return _show_what_if(request, context={}, form=form, who=shown.now.who, status=422)
    supposed = Supposed(decision_on=form.day(request.on), values=form.values(), work=form.cleaned_data["work"])
    ahead = found(selectors.what_if(actor=request.actor, citizen_id=citizen_id, on=request.on, supposed=supposed))
    context = {**what_if_shown(ahead), "decision_on": supposed.decision_on}
    return _show_what_if(request, context=context, form=form, who=ahead.now.who)


def _show_what_if(
    request: Request, *, context: dict[str, Any], form: forms.Form, who: Any, status: int = 200
) -> HttpResponse:
    return render(request, "guidance/what_if.html", {"who": who, "form": form, **context}, status=status)


@reading
def guidance_facts(request: Request, citizen_id: UUID) -> HttpResponse:
    """Everything that is known, who said so, and until when it holds."""
    shown = found(selectors.facts_for(actor=request.actor, citizen_id=citizen_id, on=request.on))
    return render(
        request, "guidance/facts.html", {"who": shown.who, "topics": fact_lines(shown), "gone": gone_labels(shown)}
    )


@telling
def guidance_fact(request: Request, citizen_id: UUID, fact: str) -> HttpResponseBase:
    """One fact with all that was told about it; telling it anew is one more row."""
    if request.method == "POST":
        return _answer(request, citizen_id=citizen_id, code=fact, to="guidance_fact")
    shown = found(selectors.fact_for(actor=request.actor, citizen_id=citizen_id, code=fact, on=request.on))
    form = _fact_form(request, question=shown.question) if shown.may_tell else None
    return _show_fact(request, shown=shown, form=form)


def _show_fact(request: Request, *, shown: FactPage, form: FactForm | None, status: int = 200) -> HttpResponse:
    context = {**fact_shown(shown), "form": form, "is_conflict": status == 409}
    return render(request, "guidance/fact.html", context, status=status)


@withdrawing
def guidance_fact_withdraw(request: Request, citizen_id: UUID, fact: str) -> HttpResponseBase:
    """Ask first, then let it count no more."""
    shown = found(selectors.fact_for(actor=request.actor, citizen_id=citizen_id, code=fact, on=request.on))
    found(shown.may_tell or None)
    form = WithdrawForm(request.POST or None, initial={"seen": shown.question.seen})
    if request.method != "POST" or not form.is_valid():
        return _show_withdraw(request, shown=shown, form=form, status=422 if form.errors else 200)
    request.look.kind = Kind.WRITE
    try:
        services.withdraw_fact(
            actor=request.actor,
            citizen_id=citizen_id,
            code=fact,
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        )
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        add_refusal(form, reason=refusal.reason)
        return _show_withdraw(request, shown=shown, form=form, status=422)
    except Changed:
        again = WithdrawForm(initial={"seen": shown.question.seen, "note": form.cleaned_data["note"]})
        return _show_withdraw(request, shown=shown, form=again, status=409)
    messages.success(request, _("It counts no more. The history keeps it."))
    return redirect("guidance_facts", citizen_id)


def _show_withdraw(request: Request, *, shown: FactPage, form: WithdrawForm, status: int) -> HttpResponse:
    context = {**fact_shown(shown), "form": form, "is_conflict": status == 409}
    return render(request, "guidance/withdraw.html", context, status=status)


@keeping
def guidance_keep(request: Request, citizen_id: UUID) -> HttpResponseBase:
    """Ask first, then keep today's guidance whole."""
    shown = found(selectors.guidance_for(actor=request.actor, citizen_id=citizen_id, on=request.on))
    form = KeepForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {**guidance_shown(shown), "form": form}
        return render(request, "guidance/keep.html", context, status=422 if form.errors else 200)
    request.look.kind = Kind.WRITE
    kept = services.keep_guidance(
        actor=request.actor, citizen_id=citizen_id, note=form.cleaned_data["note"], at=request.at, on=request.on
    )
    messages.success(request, _("The guidance is kept, with the rules and the facts it rests on."))
    return redirect("guidance_answer", citizen_id, kept.pk)


@reading
def guidance_answers(request: Request, citizen_id: UUID) -> HttpResponse:
    """The guidance that was kept, newest first."""
    shown = found(selectors.kept_guidance(actor=request.actor, citizen_id=citizen_id))
    return render(request, "guidance/answers.html", {"kept": shown})


@reading
def guidance_answer(request: Request, citizen_id: UUID, answer_id: UUID) -> HttpResponse:
    """One kept guidance as it was given, and whether it comes out the same today."""
    shown = found(selectors.kept_answer(actor=request.actor, citizen_id=citizen_id, answer_id=answer_id))
    return render(request, "guidance/answer.html", kept_shown(shown))
