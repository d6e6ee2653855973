"""What makes a page open: nothing of it is written down, kept by the browser or taken in beyond a small size."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from .access import refuse_writes
from .cookies import remember
from .middleware import EASY_COOKIE
from .requests import Request

View = Callable[[Request], HttpResponse]
# A whole sheet of answers is below 10 kB; whoever sends more is not filling in a form.
LARGEST = 64 * 1024


def traceless(view: View) -> View:
    """The database refuses every write while the page is made, and no browser or proxy keeps the answer."""

    @wraps(view)
    def answer(request: Request) -> HttpResponse:
        if _is_too_large(request):
            return render(request, "errors/413.html", status=413)
        with refuse_writes(), _read_as_chosen(request):
            response = view(request)
            response.headers["Content-Language"] = request.LANGUAGE_CODE
        _remember_choices(request, response)
        response.headers["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def _is_too_large(request: Request) -> bool:
    size = request.META.get("CONTENT_LENGTH") or "0"
    return not size.isdigit() or int(size) > LARGEST


def _chosen_language(request: Request) -> str:
    chosen = request.POST.get("language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def _chosen_easy(request: Request) -> str:
    chosen = request.POST.get("easy", "")
    return chosen if chosen in ("on", "off") else ""


def _read_as_chosen(request: Request) -> "translation.override":
    """The language and reading level pressed on this very page count at once: the answers came along."""
    language = _chosen_language(request) or request.LANGUAGE_CODE
    request.LANGUAGE_CODE = language
    if _chosen_easy(request):
        request.is_easy = _chosen_easy(request) == "on"
    return translation.override(language)


def _remember_choices(request: Request, response: HttpResponse) -> None:
    if _chosen_language(request):
        remember(request, response, settings.LANGUAGE_COOKIE_NAME, _chosen_language(request))
    if _chosen_easy(request):
        remember(request, response, EASY_COOKIE, "1" if _chosen_easy(request) == "on" else "0")
