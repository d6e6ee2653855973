"""The dialogue pages: start, one topic a page, pause, summary, agreeing, receipt, and the need profile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.screening import selectors, services
from jobbro.apps.screening.enums import Setting, Speaker, Status
from jobbro.apps.screening.selectors import CoursePage, DialoguePage
from jobbro.apps.screening.services import Draft
from jobbro.engines.needs import Topic, load_guide
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, is_htmx, page
from jobbro.webkit.requests import Request

from .forms import AgreeForm, AnswerForm, SettingForm
from .questions import answer_form, earlier_of, question_of, voice_of
from .words import change_word, need_rows, sections, subject_title, usual_line

READ = either(FILE, CITIZEN)
HOLD = either(CASEWORK, CITIZEN)
# What a button of the question says besides what the fields say.
SAYS = {"skip": Status.SKIPPED, "dont_know": Status.DONT_KNOW, "wont_say": Status.WONT_SAY}
# htmx swaps a form that comes back with 422 and leaves a 409 aside; without scripts the conflict is a 409.
CONFLICT, CONFLICT_FOR_HTMX = 409, 422


@page(READ, purpose=Purpose.SCREENING, tier=Tier.HEALTH, writes=True)
def dialogue(request: Request, citizen_id: UUID) -> HttpResponseBase:
    """What the dialogue is, and how to begin or go on."""
    if request.method == "POST":
        return _start(request, citizen_id=citizen_id)
    return _show_overview(request, citizen_id=citizen_id, form=SettingForm())


def _start(request: Request, *, citizen_id: UUID) -> HttpResponseBase:
    request.look.kind = Kind.WRITE
    form = SettingForm(request.POST)
    if not form.is_valid():
        return _show_overview(request, citizen_id=citizen_id, form=form)
    try:
        topic = services.start_dialogue(
            actor=request.actor,
            citizen_id=citizen_id,
            setting=Setting(form.cleaned_data["setting"]),
            at=request.at,
            on=request.on,
        )
    except services.CitizenMissing as missing:
        raise Http404 from missing
    return redirect("dialogue_topic", citizen_id, topic) if topic else redirect("dialogue_summary", citizen_id)


def _show_overview(request: Request, *, citizen_id: UUID, form: SettingForm) -> HttpResponse:
    course = _course(request, citizen_id=citizen_id)
    context = {"course": course, "form": form}
    return render(request, "screening/overview.html", context, status=422 if form.errors else 200)


@page(HOLD, purpose=Purpose.SCREENING, tier=Tier.HEALTH, writes=True)
def dialogue_topic(request: Request, citizen_id: UUID, topic: str) -> HttpResponseBase:
    """One question, with the profile beside it."""
    if request.method == "POST":
        return _answer(request, citizen_id=citizen_id, topic=topic)
    shown = _topic(request, citizen_id=citizen_id, topic=topic)
    if shown is None:
        return redirect("dialogue", citizen_id)
    form = answer_form(request, topic=shown.topic, shown=shown)
    return _show_question(request, shown=shown, form=form)


def _answer(request: Request, *, citizen_id: UUID, topic: str) -> HttpResponseBase:
    request.look.kind = Kind.WRITE
    form = answer_form(request, topic=_guide_topic(topic))
    if request.POST.get("go") == "find":
        return _look_for_work(request, citizen_id=citizen_id, topic=topic, form=form)
    if not form.is_valid():
        return _send_back(request, citizen_id=citizen_id, topic=topic, form=form)
    try:
        return _kept(request, citizen_id=citizen_id, topic=topic, form=form)
    except services.CitizenMissing as missing:
        raise Http404 from missing
    except services.AnswerRefused as refused:
        form.add_problems(refused.problems)
        return _send_back(request, citizen_id=citizen_id, topic=topic, form=form)
    except services.StaleAnswer as stale:
        return _show_both(request, shown=stale.page, form=form)
    except services.NothingUnderWay:
        return render(request, "screening/closed.html", {"form": form, "citizen_id": citizen_id}, status=CONFLICT)


def _look_for_work(request: Request, *, citizen_id: UUID, topic: str, form: AnswerForm) -> HttpResponse:
    """The same question with the jobs that were found; nothing is stored, and what was written stands."""
    request.look.kind = Kind.READ
    status = 200 if form.is_valid() else 422
    shown = _topic(request, citizen_id=citizen_id, topic=topic)
    if shown is None:
        return render(request, "screening/closed.html", {"form": form, "citizen_id": citizen_id}, status=CONFLICT)
    return _show_question(request, shown=shown, form=form, status=status)


def _kept(request: Request, *, citizen_id: UUID, topic: str, form: AnswerForm) -> HttpResponseBase:
    """The answer is given to the one service that the pressed button stands for."""
    pressed = request.POST.get("go", "save")
    said: dict[str, Any] = {
        "actor": request.actor,
        "citizen_id": citizen_id,
        "topic": topic,
        "draft": form.draft(status=SAYS.get(pressed)),
        "seen": form.cleaned_data["seen"],
        "at": request.at,
        "on": request.on,
    }
    if pressed == "pause":
        services.pause_dialogue(**said)
        return _go(request, reverse("dialogue_paused", args=[citizen_id]))
    if pressed == "back":
        return _go_back(request, said=said, previous=form.cleaned_data["previous"])
    if pressed == "theirs":
        said["draft"] = Draft(status=Status.SKIPPED, said_by=said["draft"].said_by)
    following = services.keep_both(**said) if pressed == "both" else services.record_answer(**said)
    if form.cleaned_data["back"] or following is None:
        messages.success(request, _("Saved."))
        return _go(request, reverse("dialogue_summary", args=[citizen_id]))
    return _go_on(request, following=following)


def _go_back(request: Request, *, said: dict[str, Any], previous: str) -> HttpResponseBase:
    """What was written is kept on the way back too."""
    if not said["draft"].is_empty:
        services.record_answer(**said)
    address = reverse("dialogue_topic", args=[said["citizen_id"], previous]) if previous else ""
    return _go(request, address or reverse("dialogue", args=[said["citizen_id"]]))


def _go_on(request: Request, *, following: DialoguePage) -> HttpResponseBase:
    """The next question: a redirect, or for htmx the question itself with the profile out of band."""
    address = reverse("dialogue_topic", args=[following.who.citizen_id, following.topic.code])
    if not is_htmx(request):
        return redirect(address)
    form = answer_form(request, topic=following.topic, shown=following)
    question = question_of(request, shown=following, form=form)
    response = render(request, "screening/_step.html", {"question": question, "form": form})
    response.headers["HX-Push-Url"] = address
    return response


def _go(request: Request, address: str) -> HttpResponseBase:
    """To another page; htmx is told to load it whole."""
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address, "HX-Push-Url": address})
    return redirect(address)


def _send_back(request: Request, *, citizen_id: UUID, topic: str, form: AnswerForm) -> HttpResponse:
    """The form with what was typed and what to put right."""
    shown = _topic(request, citizen_id=citizen_id, topic=topic)
    if shown is None:
        return render(request, "screening/closed.html", {"form": form, "citizen_id": citizen_id}, status=CONFLICT)
    return _show_question(request, shown=shown, form=form, status=422)


def _show_both(request: Request, *, shown: DialoguePage, form: AnswerForm) -> HttpResponse:
    """Both texts; what was typed stays in the form, which now knows the newer answer."""
    form.has_seen(shown.seen)
    status = CONFLICT_FOR_HTMX if is_htmx(request) else CONFLICT
    return _show_question(request, shown=shown, form=form, status=status, has_conflict=True)


def _show_question(
    request: Request, *, shown: DialoguePage, form: AnswerForm, status: int = 200, has_conflict: bool = False
) -> HttpResponse:
    earlier = earlier_of(request, shown=shown) if has_conflict else None
    question = question_of(request, shown=shown, form=form, earlier=earlier)
    # Only a form is answered with a fragment: htmx also fetches whole pages when somebody goes back.
    is_fragment = is_htmx(request) and request.method == "POST"
    template = "screening/_question.html" if is_fragment else "screening/topic.html"
    return render(request, template, {"question": question, "form": form}, status=status)


def _topic(request: Request, *, citizen_id: UUID, topic: str) -> DialoguePage | None:
    """The page of a topic, or None when no dialogue is under way."""
    try:
        shown = selectors.dialogue_page(actor=request.actor, citizen_id=citizen_id, topic=topic)
    except selectors.NoDialogue:
        return None
    if shown is None:
        raise Http404
    return shown


def _guide_topic(code: str) -> Topic:
    topic = load_guide().by_code.get(code)
    if topic is None:
        raise Http404
    return topic


@page(READ, purpose=Purpose.SCREENING, tier=Tier.HEALTH)
def dialogue_paused(request: Request, citizen_id: UUID) -> HttpResponse:
    """What is saved, and how to come back."""
    return render(request, "screening/paused.html", {"course": _course(request, citizen_id=citizen_id)})


@page(READ, purpose=Purpose.SCREENING, tier=Tier.HEALTH, writes=True)
def dialogue_summary(request: Request, citizen_id: UUID) -> HttpResponseBase:
    """Everything told, with a way to put each line right; and the button that says it is all there."""
    if request.method == "POST":
        return _move(request, citizen_id=citizen_id)
    return _show_summary(request, citizen_id=citizen_id)


def _move(request: Request, *, citizen_id: UUID) -> HttpResponseBase:
    request.look.kind = Kind.WRITE
    wanted = services.reopen_dialogue if request.POST.get("go") == "reopen" else services.finish_dialogue
    try:
        wanted(actor=request.actor, citizen_id=citizen_id, at=request.at, on=request.on)
    except services.CitizenMissing as missing:
        raise Http404 from missing
    except services.NothingTold:
        problem = _("There is nothing to agree about yet. Answer at least one question, then come back here.")
        return _show_summary(request, citizen_id=citizen_id, problem=problem, status=422)
    except (services.MoveRefused, services.NothingUnderWay):
        # Somebody pressed the same button first: the summary shows where it stands now.
        return redirect("dialogue_summary", citizen_id)
    target = "dialogue_summary" if wanted is services.reopen_dialogue else "dialogue_agree"
    return redirect(target, citizen_id)


def _show_summary(request: Request, *, citizen_id: UUID, problem: str = "", status: int = 200) -> HttpResponse:
    course = _course(request, citizen_id=citizen_id)
    context = {"problem": problem, **_told(request, course=course)}
    return render(request, "screening/summary.html", context, status=status)


@page(READ, purpose=Purpose.SCREENING, tier=Tier.HEALTH, writes=True)
def dialogue_agree(request: Request, citizen_id: UUID) -> HttpResponseBase:
    """Both agree to the same words."""
    if request.method == "POST":
        return _agree(request, citizen_id=citizen_id)
    course = _course(request, citizen_id=citizen_id)
    if course.talk is None or not course.talk.is_finished:
        return redirect("dialogue_summary" if course.talk else "dialogue", citizen_id)
    return _show_agree(request, course=course, form=None)


def _agree(request: Request, *, citizen_id: UUID) -> HttpResponseBase:
    request.look.kind = Kind.WRITE
    form = AgreeForm(request.POST, is_own=request.actor.citizen_id is not None, missing=tuple(Speaker))
    if not form.is_valid():
        return _show_agree(request, course=_course(request, citizen_id=citizen_id), form=form, status=422)
    try:
        services.agree_profile(
            actor=request.actor,
            citizen_id=citizen_id,
            parties=form.parties,
            seen=form.version,
            at=request.at,
            on=request.on,
        )
    except services.CitizenMissing as missing:
        raise Http404 from missing
    except services.AgreedToOther:
        return _show_agree(
            request, course=_course(request, citizen_id=citizen_id), form=None, has_changed=True, status=CONFLICT
        )
    except (services.NotReady, services.NothingUnderWay):
        return redirect("dialogue_summary", citizen_id)
    return redirect("dialogue_receipt", citizen_id)


def _show_agree(
    request: Request,
    *,
    course: CoursePage,
    form: AgreeForm | None,
    has_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    missing = missing_parties(course)
    form = form or AgreeForm(initial={"seen": course.version}, is_own=course.who.is_own, missing=missing)
    context = {
        "form": form,
        "has_changed": has_changed,
        "can_agree": course.who.can_hold and bool({Speaker.CITIZEN} & set(missing) if course.who.is_own else missing),
        **_told(request, course=course),
    }
    return render(request, "screening/agree.html", context, status=status)


def missing_parties(course: CoursePage) -> tuple[Speaker, ...]:
    """Who has not agreed to what stands now."""
    if course.pending is None:
        return tuple(Speaker)
    agreed = {Speaker.CITIZEN: course.pending.citizen_at, Speaker.CASEWORKER: course.pending.staff_at}
    return tuple(party for party, at in agreed.items() if at is None)


@page(READ, purpose=Purpose.SCREENING, tier=Tier.HEALTH)
def dialogue_receipt(request: Request, citizen_id: UUID) -> HttpResponseBase:
    """What was agreed, by whom and when, and what happens next."""
    course = _course(request, citizen_id=citizen_id)
    agreement = course.pending or next(iter(course.agreements), None)
    if agreement is None:
        return redirect("dialogue_summary", citizen_id)
    return render(request, "screening/receipt.html", {"course": course, "agreement": agreement})


@page(READ, purpose=Purpose.SCREENING, tier=Tier.HEALTH)
def profile(request: Request, citizen_id: UUID) -> HttpResponse:
    """The need profile as a picture with the words beside it, what changed, and what was agreed before."""
    course = _course(request, citizen_id=citizen_id)
    base = "base_citizen.html" if course.who.is_own else "base_staff.html"
    return render(request, "screening/profile.html", {"base_template": base, **_told(request, course=course)})


def _course(request: Request, *, citizen_id: UUID) -> CoursePage:
    course = selectors.course_page(actor=request.actor, citizen_id=citizen_id)
    if course is None:
        raise Http404
    return course


def _told(request: Request, *, course: CoursePage) -> dict[str, Any]:
    voice, needs = voice_of(request), need_rows(course.profile)
    told = sections(course, voice=voice)
    changed = [
        (subject_title(course.guide, change.subject, voice=voice), change_word(change)) for change in course.changes
    ]
    return {
        "course": course,
        "sections": told,
        "usual": usual_line(told),
        "has_untold": any(section.untold for section in told),
        "needs": needs,
        "has_needs": any(row.is_told for row in needs),
        "changes": changed,
    }
