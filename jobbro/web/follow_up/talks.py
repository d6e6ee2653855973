"""A short talk, one question a page: by a link without login, or logged in as citizen or company."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_variables

from jobbro.apps.follow_up.answers import Answers, Asked
from jobbro.apps.follow_up.enums import TalkParty
from jobbro.apps.follow_up.refusals import NotNow, NotThere, Refused
from jobbro.apps.follow_up.selectors.talks import OwnTalk, own_talk
from jobbro.apps.follow_up.services import links, talks
from jobbro.apps.follow_up.services.help import answerers_of
from jobbro.apps.follow_up.services.links import LinkStanding, LinkTalk, TooMany
from jobbro.webkit.requests import Request, found

from .acting import answering, by_link, looked, tell_refusal
from .steps import QuestionForm, next_unanswered, question_at
from .words import LINK_WORDS

# Nobody is logged in, and still nothing of it may stay in a shared browser.
unkept = cache_control(no_store=True, private=True)
COOKIE = "jobbro_talk"
COOKIE_AGE = 60 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A talk wherever it is answered: what is asked, what was answered, and where saving and sending go."""

    asked: Asked
    answers: Answers
    party: TalkParty
    url: str
    thanks: str
    save: Callable[[Answers], object]
    send: Callable[[Answers], object]
    title: str = ""
    name: str = ""
    by_link: bool = False


@by_link
@unkept
@sensitive_variables("token", "browser")
def talk(request: Request, talk_token: str) -> HttpResponse:
    """The talk behind a link. Before it is begun the page says nothing about anybody."""
    browser = request.COOKIES.get(COOKIE, "")
    shown = links.open_link(token=talk_token, browser=browser)
    if request.method == "POST" and request.POST.get("go") == "begin":
        return _begin(request, token=talk_token, browser=browser)
    if shown is None:
        # A try of a token that nobody has is counted: such an answer is kept.
        if request.method == "POST":
            return _begin(request, token=talk_token, browser=browser)
        raise Http404
    if shown.standing == LinkStanding.USED and shown.is_here:
        return redirect("talk_thanks", talk_token)
    if shown.standing != LinkStanding.OPEN:
        context = {"sentence": LINK_WORDS[shown.standing]}
        return render(request, "follow_up/link_closed.html", context, status=409 if request.method == "POST" else 200)
    if not shown.is_here:
        if request.method == "POST":
            return redirect("talk", talk_token)
        return render(request, "follow_up/link_start.html", {"shown": shown, "token": talk_token})
    return _answer(request, desk=_link_desk(request, shown, token=talk_token, browser=browser))


@by_link
@unkept
@sensitive_variables("talk_token")
def talk_stop(request: Request, talk_token: str) -> HttpResponse:
    """“It is not me”: the link is dead."""
    if request.method != "POST":
        return redirect("talk", talk_token)
    try:
        links.stop_link(token=talk_token, address=request.META.get("REMOTE_ADDR", ""), at=request.at)
    except NotThere:
        return _unknown(request)
    except TooMany:
        return _wait(request)
    return redirect("talk", talk_token)


@by_link
@unkept
@sensitive_variables("talk_token")
def talk_thanks(request: Request, talk_token: str) -> HttpResponse:
    """It was sent: thank you, what happens now, and whom to ring."""
    shown = links.open_link(token=talk_token, browser=request.COOKIES.get(COOKIE, ""))
    if shown is None:
        raise Http404
    if shown.standing != LinkStanding.USED or not shown.is_here:
        return redirect("talk", talk_token)
    return render(request, "follow_up/thanks.html", {"phone": shown.phone, "has_asked": shown.has_asked})


@answering
def talk_own(request: Request, placement_id: UUID) -> HttpResponse:
    """The talk that is due, for citizen or company logged in."""
    own = found(own_talk(actor=request.actor, placement_id=placement_id, on=request.on))
    _note_look(request, own)
    if own.asked is None or own.due_on is None:
        context = {"own": own, "is_own": own.party == TalkParty.CITIZEN}
        return render(request, "follow_up/no_talk.html", context, status=409 if request.method == "POST" else 200)
    return _answer(request, desk=_own_desk(request, own))


@answering
def talk_sent(request: Request, placement_id: UUID) -> HttpResponse:
    """It was sent, logged in: thank you, and whom to ring."""
    own = found(own_talk(actor=request.actor, placement_id=placement_id, on=request.on))
    if request.method == "POST":
        return redirect("talk_sent", placement_id)
    _note_look(request, own)
    first = next(iter(answerers_of(citizen_id=own.placement.citizen_id)), None)
    phone = (first.phone if first else "") or request.actor.phone
    return render(request, "follow_up/thanks.html", {"phone": phone, "who": first.name if first else "", "own": own})


def _note_look(request: Request, own: OwnTalk) -> None:
    looked(request, name=own.name, citizen_ids=[own.placement.citizen_id])


def _begin(request: Request, *, token: str, browser: str) -> HttpResponse:
    mark = browser or token_urlsafe(32)
    address = request.META.get("REMOTE_ADDR", "")
    try:
        links.begin_link(token=token, browser=mark, address=address, at=request.at)
    except NotThere:
        return _unknown(request)
    except TooMany:
        return _wait(request)
    except NotNow:
        return redirect("talk", token)
    response = redirect("talk", token)
    response.set_cookie(
        COOKIE,
        mark,
        max_age=COOKIE_AGE,
        path=reverse("talk", args=[token]),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _unknown(request: Request) -> HttpResponse:
    sentence = _("This link does not lead anywhere. Look whether the whole address came along.")
    return render(request, "follow_up/link_closed.html", {"sentence": sentence}, status=422)


def _wait(request: Request) -> HttpResponse:
    sentence = _("There have been too many tries. Wait a quarter of an hour and use the link in the message again.")
    return render(request, "follow_up/link_closed.html", {"sentence": sentence}, status=429)


def _link_desk(request: Request, shown: LinkTalk, *, token: str, browser: str) -> Desk:
    assert shown.party is not None
    here = {"token": token, "browser": browser}
    return Desk(
        asked=shown.asked,
        answers=shown.answers,
        party=shown.party,
        url=reverse("talk", args=[token]),
        thanks=reverse("talk_thanks", args=[token]),
        save=lambda answers: links.save_link(**here, answers=answers),
        send=lambda answers: links.send_link_answers(**here, answers=answers, at=request.at, on=request.on),
        title=shown.title,
        name=shown.name,
        by_link=True,
    )


def _own_desk(request: Request, own: OwnTalk) -> Desk:
    assert own.asked is not None
    placement_id, actor, at, on = own.placement.pk, request.actor, request.at, request.on
    return Desk(
        asked=own.asked,
        answers=own.answers,
        party=own.party,
        url=reverse("talk_own", args=[placement_id]),
        thanks=reverse("talk_sent", args=[placement_id]),
        save=lambda answers: talks.save_answers(actor=actor, placement_id=placement_id, answers=answers, at=at, on=on),
        send=lambda answers: talks.send_answers(actor=actor, placement_id=placement_id, answers=answers, at=at, on=on),
        title=own.placement.title,
        name=own.name if own.party == TalkParty.EMPLOYER else "",
    )


def _answer(request: Request, *, desk: Desk) -> HttpResponse:
    """Show the question, or keep the answer and go on."""
    asked_step = request.GET.get("q", "") or next_unanswered(asked=desk.asked, answers=desk.answers)
    question = question_at(asked_step, asked=desk.asked)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        steps=[question.step],
        asked=desk.asked,
        answers=desk.answers,
        party=desk.party,
    )

    def again(*, status: int = 200) -> HttpResponse:
        context = {"desk": desk, "question": question, "form": form, "is_started": not desk.answers.is_empty}
        return render(request, "follow_up/question.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    is_back, is_sent = request.POST.get("go") == "back", question.is_last and request.POST.get("go") == "send"
    answers = form.merged(desk.answers)
    try:
        (desk.send if is_sent else desk.save)(answers)
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        return HttpResponseRedirect(desk.url)
    except Refused as refusal:
        tell_refusal(form, refusal)
        return again(status=422)
    if is_sent:
        return HttpResponseRedirect(desk.thanks)
    step = question.previous if is_back else question.following or question.step
    return HttpResponseRedirect(f"{desk.url}?q={step}")
