"""`@page`: who may open a view, no write on GET, no look at a person without a record, one form one act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role
from jobbro.apps.accounts.enums import Kind as AccountKind
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.audit.looks import persons_seen, start_watching
from jobbro.apps.audit.services import answer_form, forget_form, receive_form, record_look

from .requests import Request

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Rule:
    """Who may open a page, with a name for the table of pages and roles."""

    name: str
    allows: Callable[[Actor | None], bool]


ANYONE = Rule("anyone", lambda actor: True)
SIGNED_IN = Rule("signed in", lambda actor: actor is not None)
CITIZEN = Rule("citizen", lambda actor: actor is not None and actor.citizen_id is not None)
STAFF = Rule("staff", lambda actor: actor is not None and actor.kind == AccountKind.STAFF and bool(actor.positions))


def roles(*wanted: Role) -> Rule:
    """Staff with one of these roles today."""
    return Rule(" or ".join(wanted), lambda actor: actor is not None and actor.has(*wanted))


def either(*rules: Rule) -> Rule:
    """Whoever one of the rules allows."""
    return Rule(" or ".join(rule.name for rule in rules), lambda actor: any(rule.allows(actor) for rule in rules))


CASEWORK = roles(*CASEWORK_ROLES)
# Somebody at a company that is a partner today: their own company and nothing else.
EMPLOYER = Rule("employer", lambda actor: actor is not None and actor.is_employer and bool(actor.companies))
# Somebody outside the municipality whose time there has begun and not ended: the engagements they are named on.
EXTERNAL = Rule("external", lambda actor: actor is not None and actor.is_external and bool(actor.external_actors))
# Staff who may read about companies, and those who write about them.
PARTNERS = roles(*CASEWORK_ROLES, Role.KEY_PERSON, Role.ADMINISTRATOR)
KEEPERS = CASEWORK
# People who may open a citizen's file; the wall decides whose. Key persons see those they have joined or opened.
FILE = roles(*CASEWORK_ROLES, Role.KEY_PERSON)


@dataclass
class Look:
    """What a page says of its look at persons; a view may sharpen it before it answers."""

    purpose: Purpose | None
    kind: Kind
    tier: Tier
    view: str
    purpose_text: str = ""
    criterion: bytes | None = None
    actor_id: UUID | None = None
    extra: list[UUID] = field(default_factory=list)


class WriteOnRead(RuntimeError):
    """A GET tried to change something; a page must be readable without consequences."""


class LookWithoutPurpose(RuntimeError):
    """A page showed a person but its @page names no purpose."""


def page(
    rule: Rule,
    *,
    purpose: Purpose | None = None,
    kind: Kind = Kind.READ,
    tier: Tier = Tier.ORDINARY,
    writes: bool = False,
    writes_on_get: bool = False,
) -> Callable[[View], View]:
    """Guard a view. `writes` lets it answer POST; `purpose` is needed as soon as it shows a person.

    `writes_on_get` is for the one address that an identity provider sends people back to: it can only send a GET.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            methods = ("GET", "HEAD", "POST") if writes else ("GET", "HEAD")
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            actor: Actor | None = request.actor
            look = Look(purpose=_own_or(purpose, actor), kind=kind, tier=tier, view=_name_of(request))
            look.actor_id = actor.id if actor else None
            request.look = look
            if not rule.allows(actor):
                return _refused(request, look=look)
            answer = _answer_watched if writes_on_get else _answer
            try:
                return answer(request, view=view, look=look, args=args, kwargs=kwargs)
            except (Http404, PermissionDenied):
                _deny(request, look=look)
                raise

        about = {"rule": rule, "purpose": purpose, "writes": writes, "writes_on_get": writes_on_get}
        for name, value in about.items():
            setattr(guarded, f"page_{name}", value)
        return guarded

    return decorate


def _own_or(purpose: Purpose | None, actor: Actor | None) -> Purpose | None:
    """A citizen at their own file looks for themselves, whatever the page is for."""
    return Purpose.OWN if purpose and actor and actor.citizen_id else purpose


def _name_of(request: Request) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _answer(
    request: Request, *, view: View, look: Look, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    if request.method == "POST":
        return _answer_form(request, view=view, look=look, args=args, kwargs=kwargs)
    with refuse_writes():
        return _answer_watched(request, view=view, look=look, args=args, kwargs=kwargs)


def _answer_form(
    request: Request, *, view: View, look: Look, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    """One form is one act: the second arrival of the same `form_token` is sent where the first one was."""
    token = form_token(request)
    if token is None or look.actor_id is None:
        return _answer_watched(request, view=view, look=look, args=args, kwargs=kwargs)
    # Bound to the person and the page: the token of another form, or of somebody else, swallows nothing here.
    key = uuid5(token, f"{look.actor_id} {request.path}")
    if not receive_form(key=key, actor_id=look.actor_id, at=request.at):
        return _again(request, key=key)
    response = _answer_watched(request, view=view, look=look, args=args, kwargs=kwargs)
    if response.status_code >= 400:
        forget_form(key=key)
    else:
        answer_form(key=key, location=response.headers.get("Location") or response.headers.get("HX-Push-Url") or "")
    return response


def form_token(request: Request) -> UUID | None:
    """The token that came with the form."""
    try:
        return UUID(request.POST.get("form_token", ""))
    except ValueError:
        return None


def _again(request: Request, *, key: UUID) -> HttpResponseBase:
    with connection.cursor() as cursor:
        cursor.execute("select location from audit_submission where key = %s", [key])
        row = cursor.fetchone()
    target = (row and row[0]) or request.path
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _answer_watched(
    request: Request, *, view: View, look: Look, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    start_watching()
    try:
        response = view(request, *args, **kwargs)
    finally:
        seen = persons_seen()
    if seen or look.extra or look.criterion:
        if look.purpose is None:
            raise LookWithoutPurpose(look.view)
        record_look(
            citizen_ids=dict.fromkeys([*seen, *look.extra]),
            purpose=look.purpose,
            purpose_text=look.purpose_text,
            view=look.view,
            kind=look.kind,
            tier=look.tier,
            criterion=look.criterion,
        )
    if look.actor_id is not None:
        response.headers["Cache-Control"] = "no-store, private"
    return response


@contextmanager
def refuse_writes() -> Iterator[None]:
    """Inside, the database answers SELECT and nothing else."""
    with connection.execute_wrapper(_only_select):
        yield


_READING = ("select", "with", "savepoint", "release savepoint", "rollback to savepoint", "declare", "fetch", "close")


def _only_select(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    text = str(sql).lstrip().lower()
    if not text.startswith(_READING):
        raise WriteOnRead(text.split(None, 1)[0])
    return execute(sql, params, many, context)


def is_htmx(request: Request) -> bool:
    """Whether htmx asks for a fragment."""
    return request.headers.get("HX-Request") == "true"


def _refused(request: Request, *, look: Look) -> HttpResponseBase:
    if request.actor is not None:
        _deny(request, look=look)
        raise PermissionDenied
    if request.method == "POST":
        # Nothing typed is lost: the login page carries the form and sends it on afterwards.
        return render(request, "accounts/login_again.html", {"carried": carried(request)}, status=401)
    if is_htmx(request):
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url("login")})
    return redirect_to_login(request.get_full_path(), reverse("login"))


def _deny(request: Request, *, look: Look) -> None:
    if look.purpose is not None and look.actor_id is not None:
        request.denied = look


def carried(request: HttpRequest) -> dict[str, Any]:
    """The path and the typed fields of a POST that could not be served, for a form that sends them again."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "password", "carried_path")
    ]
    return {"path": request.get_full_path(), "fields": fields}
