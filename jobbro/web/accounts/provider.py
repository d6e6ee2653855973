"""The municipality's own login: out to it, back from it, and logged out of it again."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from jobbro.apps.accounts import services
from jobbro.apps.accounts.services import Refusal
from jobbro.webkit.access import ANYONE, page
from jobbro.webkit.requests import Request

from .carrying import local_path, next_path
from .welcoming import welcome

BACKEND = "jobbro.apps.accounts.oidc.OidcBackend"
# The library's names of what a login that is under way keeps in the session.
PENDING, PENDING_NEXT = "oidc_states", "oidc_login_next"


@page(ANYONE)
def oidc_start(request: Request) -> HttpResponse:
    """Out to the municipality's login; state, nonce and the PKCE secret stay in the session."""
    _require_provider()
    if request.actor is not None:
        return redirect(next_path(request))
    response: HttpResponse = OIDCAuthenticationRequestView.as_view()(request)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@page(ANYONE, writes_on_get=True)
def oidc_return(request: Request) -> HttpResponse:
    """Back from the municipality's login, to where the person was going or to a page that says why not."""
    _require_provider()
    if not request.session.get(PENDING):
        return _not_begun_here(request)
    to = local_path(text=request.session.get(PENDING_NEXT) or "") or reverse("home")
    try:
        tried = services.try_provider_login(returned=_returned(request), request_id=request.id)
    except services.ProviderAway:
        # With this status the session is not saved: the state stands, so loading the page again tries again.
        return _away(request)
    if tried.account is None:
        return _not_let_in(request, reason=tried.refusal, subject=tried.subject)
    return welcome(request, account=tried.account, to=to, backend=BACKEND)


def onward(request: Request) -> str:
    """Where the municipality's login is left as well; nothing when the person did not come that way."""
    if request.session.get(BACKEND_SESSION_KEY) != BACKEND or not settings.OIDC_OP_LOGOUT_ENDPOINT:
        return ""
    # No id_token_hint: the token names the person, so it is not kept.
    back = {
        "client_id": settings.OIDC_RP_CLIENT_ID,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("login")),
    }
    return f"{settings.OIDC_OP_LOGOUT_ENDPOINT}?{urlencode(back)}"


def _require_provider() -> None:
    if not settings.OIDC_ENABLED:
        raise Http404


def _returned(request: Request) -> services.Return | None:
    """What came back, if this browser asked for it; each state is good for one return."""
    kept = request.session[PENDING].pop(request.GET.get("state", ""), None)
    request.session.modified = True
    code = request.GET.get("code", "")
    if kept is None or not code:
        return None
    return services.Return(
        code=code,
        nonce=kept["nonce"],
        code_verifier=kept["code_verifier"],
        redirect_uri=request.build_absolute_uri(reverse("oidc_return")),
    )


def _not_begun_here(request: Request) -> HttpResponse:
    """The back button after a login, or an address that somebody else made."""
    return redirect("home") if request.actor is not None else _not_let_in(request, reason=Refusal.ANSWER)


def _not_let_in(request: Request, *, reason: Refusal | None, subject: str = "") -> HttpResponse:
    context = {"reason": reason, "subject": subject if reason == Refusal.UNKNOWN else ""}
    response = render(request, "accounts/not_let_in.html", context, status=401)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _away(request: Request) -> HttpResponse:
    response = render(request, "accounts/provider_away.html", {"again": request.get_full_path()}, status=503)
    response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store, private"
    return response
