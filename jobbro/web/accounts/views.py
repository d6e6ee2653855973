"""Logging in and out, one's own password, language and reading level."""

from math import ceil
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from jobbro.apps.accounts import services
from jobbro.apps.accounts.selectors import demo_accounts
from jobbro.webkit.access import ANYONE, SIGNED_IN, page
from jobbro.webkit.cookies import remember
from jobbro.webkit.middleware import EASY_COOKIE
from jobbro.webkit.requests import Request

from .carrying import carried_form, next_path
from .forms import ChangePasswordForm, LoginForm, NewPasswordForm
from .provider import onward
from .welcoming import welcome

BACKEND = "jobbro.apps.accounts.backends.LocalBackend"
PENDING, PENDING_NEXT = "first_password_for", "first_password_next"


@sensitive_post_parameters("password")
@page(ANYONE, writes=True)
def login(request: Request) -> HttpResponse:
    """Name and password; what was typed before the session ran out comes along."""
    if request.method != "POST":
        return redirect(next_path(request)) if request.actor else _login_page(request, form=LoginForm())
    if not settings.LOCAL_LOGIN:
        return _login_page(request, form=LoginForm(), status=403)
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _login_page(request, form=form, status=422)
    tried = services.try_login(
        username=form.cleaned_data["username"],
        password=form.cleaned_data["password"],
        address=request.META.get("REMOTE_ADDR", ""),
        request_id=request.id,
        at=request.at,
    )
    if tried.wait is not None:
        return _must_wait(request, form=form, seconds=ceil(tried.wait.total_seconds()))
    if tried.account is None:
        form.add_error(None, _("The username and the password do not belong together. Look at both and try again."))
        return _login_page(request, form=form, status=422)
    if tried.account.must_change_password:
        return _ask_for_first_password(request, account_id=tried.account.pk)
    return welcome(request, account=tried.account, to=next_path(request), backend=BACKEND)


@sensitive_post_parameters("new", "again")
@page(ANYONE, writes=True)
def first_password(request: Request) -> HttpResponse:
    """A password that somebody handed out is replaced before the account can be used."""
    pending = request.session.get(PENDING)
    if pending is None:
        return redirect("login")
    form = NewPasswordForm(request.POST or None)
    if request.method != "POST":
        return render(request, "accounts/first_password.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/first_password.html", {"form": form}, status=422)
    try:
        account = services.choose_first_password(
            account_id=UUID(pending), password=form.cleaned_data["new"], request_id=request.id
        )
    except services.PasswordRefused as refused:
        _explain(form, refused)
        return render(request, "accounts/first_password.html", {"form": form}, status=422)
    to = request.session.get(PENDING_NEXT) or "/"
    request.session.flush()
    return welcome(request, account=account, to=to, backend=BACKEND) if account else redirect("login")


@page(ANYONE, writes=True)
def logout(request: Request) -> HttpResponse:
    """The session ends; only a button can do it, never a link."""
    if request.method == "POST":
        if request.actor is not None:
            services.note_logged_out(actor=request.actor)
        elsewhere = onward(request)
        end_session(request)
        if elsewhere:
            return _leave_provider(request, url=elsewhere)
        messages.success(request, _("You are logged out. Close the browser if others use this computer."))
    return redirect("login")


@sensitive_post_parameters("old", "new", "again")
@page(SIGNED_IN, writes=True)
def password_change(request: Request) -> HttpResponse:
    """A new password for oneself; other browsers are logged out."""
    if not settings.LOCAL_LOGIN:
        raise Http404
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = services.change_password(
                actor=request.actor, old=form.cleaned_data["old"], new=form.cleaned_data["new"]
            )
        except services.PasswordRefused as refused:
            _explain(form, refused)
        else:
            update_session_auth_hash(request, account)
            messages.success(request, _("Your new password is saved. Other browsers have been logged out."))
            return redirect("home")
    status = 422 if form.errors else 200
    return render(request, "accounts/password_change.html", {"form": form}, status=status)


@page(ANYONE, writes=True)
def set_language(request: Request) -> HttpResponse:
    """The pages change language, here and on the person's other devices."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(next_path(request))
    if request.method == "POST" and language in dict(settings.LANGUAGES):
        if request.actor is not None:
            services.set_language(actor=request.actor, language=language)
        remember(request, response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@page(ANYONE, writes=True)
def set_easy(request: Request) -> HttpResponse:
    """The pages become easy to read, or ordinary again."""
    response = HttpResponseRedirect(next_path(request))
    if request.method == "POST" and request.POST.get("easy") in ("on", "off"):
        is_easy = request.POST["easy"] == "on"
        if request.actor is not None:
            services.set_easy(actor=request.actor, is_easy=is_easy)
        remember(request, response, EASY_COOKIE, "1" if is_easy else "0")
    return response


def _login_page(request: Request, *, form: LoginForm, status: int = 200, **more: Any) -> HttpResponse:
    carried = carried_form(request)
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next") or "", "carried": carried}
    context["demo_accounts"] = demo_accounts() if settings.DEMO else ()
    template = "accounts/login_again.html" if carried else "accounts/login.html"
    return render(request, template, {**context, **more}, status=status)


def _leave_provider(request: Request, *, url: str) -> HttpResponse:
    # No redirect: the content policy lets no form end up at another host, and a broker may lead on to more of them.
    request.actor = None  # type: ignore[assignment]
    return render(request, "accounts/leaving.html", {"url": url})


def _must_wait(request: Request, *, form: LoginForm, seconds: int) -> HttpResponse:
    response = _login_page(request, form=form, status=429, wait_minutes=ceil(seconds / 60))
    response.headers["Retry-After"] = str(seconds)
    return response


def _ask_for_first_password(request: Request, *, account_id: UUID) -> HttpResponse:
    # Not a session of the account: until the person has chosen a password there is nothing it may open.
    request.session.flush()
    request.session[PENDING] = str(account_id)
    request.session[PENDING_NEXT] = next_path(request)
    request.session.set_expiry(15 * 60)
    return redirect("first_password")


def _explain(form: NewPasswordForm, refused: services.PasswordRefused) -> None:
    for problem in refused.problems:
        if problem == "old":
            form.add_error("old", _("This is not the password you have now. Try again."))
        elif problem == "same":
            form.add_error("new", _("Choose a password that is not the one you were given."))
        else:
            form.add_error("new", problem)
