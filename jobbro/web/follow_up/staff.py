"""What those who help do: send a link, note a talk, read answers, answer a signal."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.follow_up.answers import Answers
from jobbro.apps.follow_up.enums import SignalDeed, TalkParty
from jobbro.apps.follow_up.refusals import NotNow, NotThere, Refused
from jobbro.apps.follow_up.selectors.pages import FollowUpPage, follow_up_page
from jobbro.apps.follow_up.selectors.talks import HeldTalk, held_talk
from jobbro.apps.follow_up.services.asking import ask_all_due
from jobbro.apps.follow_up.services.signals import answer_signal
from jobbro.apps.follow_up.services.talks import hold_talk, read_talks, send_link
from jobbro.engines.follow_up import Signal
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.requests import Request, found

from .acting import act, keeping
from .forms import PartyForm, SignalForm
from .steps import QuestionForm, steps_of
from .words import NOT_NOW, WHO, refusal_told, signal_told


@keeping
def talk_link_send(request: Request, placement_id: UUID) -> HttpResponse:
    """A link is sent to the citizen or the company."""
    back = redirect("follow_up", placement_id)
    if request.method != "POST":
        return back
    form = PartyForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(NOT_NOW))
        return back
    try:
        sent = send_link(
            actor=request.actor,
            placement_id=placement_id,
            party=form.told,
            address=lambda token: reverse("talk", args=[token]),
            at=request.at,
            on=request.on,
        )
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.warning(request, str(NOT_NOW))
    except Refused as refusal:
        messages.warning(request, refusal_told(refusal))
    else:
        day = {"day": spoken_date(day=sent.until_at)}
        messages.success(request, _("The link is on its way. It can be answered until %(day)s.") % day)
    return back


@keeping
def talk_links_send(request: Request) -> HttpResponse:
    """A link to every talk that is due for one's own citizens."""
    if request.method == "POST":
        asked = ask_all_due(
            actor=request.actor, address=lambda token: reverse("talk", args=[token]), at=request.at, on=request.on
        )
        told = _("Links sent: %(sent)s. To ring about instead: %(ring)s.")
        messages.success(request, told % {"sent": asked.sent, "ring": asked.to_ring})
    return redirect("signals")


@keeping
def talk_hold(request: Request, placement_id: UUID) -> HttpResponse:
    """All questions on one page, for a talk on the telephone or face to face."""
    told = PartyForm(request.GET if "party" in request.GET else {"party": TalkParty.CITIZEN})
    if not told.is_valid():
        raise Http404
    held = found(held_talk(actor=request.actor, placement_id=placement_id, party=told.told, on=request.on))
    back = reverse("follow_up", args=[placement_id])
    if held.asked is None:
        messages.warning(request, _("Today’s talk has been held. The next one can be held tomorrow."))
        return redirect(back)
    return _held(request, held=held, back=back)


def _held(request: Request, *, held: HeldTalk, back: str) -> HttpResponse:
    assert held.asked is not None
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        steps=steps_of(held.asked),
        asked=held.asked,
        answers=held.answers,
        party=held.party,
    )

    def again(*, status: int = 200) -> HttpResponse:
        context = {"held": held, "form": form, "who": WHO[held.party], "back": back}
        return render(request, "follow_up/hold.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: hold_talk(
            actor=request.actor,
            placement_id=held.placement.pk,
            party=held.party,
            answers=form.merged(Answers()),
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The talk has been noted."),
    )


@keeping
def talks_read(request: Request, placement_id: UUID) -> HttpResponse:
    """The answers have been read."""
    if request.method == "POST":
        try:
            read_talks(actor=request.actor, placement_id=placement_id, at=request.at)
        except NotThere as error:
            raise Http404 from error
        messages.success(request, _("Noted: you have read the answers."))
    return redirect("follow_up", placement_id)


@keeping
def signal_answer(request: Request, placement_id: UUID) -> HttpResponse:
    """Somebody has seen the signal, or has done something about it."""
    page = found(follow_up_page(actor=request.actor, placement_id=placement_id, on=request.on))
    if not page.may_keep:
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    signal = _standing(page, code=asked.get("code", ""), key=asked.get("key", ""))
    back = reverse("follow_up", args=[placement_id])
    if signal is None:
        if request.method == "POST":
            messages.warning(request, str(NOT_NOW))
        return redirect(back)
    return _answered(request, page=page, signal=signal, back=back)


def _answered(request: Request, *, page: FollowUpPage, signal: Signal, back: str) -> HttpResponse:
    sentence = signal_told(signal, is_own=False)
    form = SignalForm(request.POST or None, initial={"code": signal.code, "key": signal.key})

    def again(*, status: int = 200) -> HttpResponse:
        context = {"page": page, "form": form, "sentence": sentence, "back": back}
        return render(request, "follow_up/signal.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: answer_signal(
            actor=request.actor,
            placement_id=page.placement.pk,
            code=signal.code,
            key=signal.key,
            deed=SignalDeed(form.cleaned_data["deed"]),
            text=form.cleaned_data["text"],
            sentence=sentence,
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Noted. The signal is quiet until something new happens."),
    )


def _standing(page: FollowUpPage, *, code: str, key: str) -> Signal | None:
    return next((one for one in page.signals if (one.code, one.key) == (code, key)), None)
