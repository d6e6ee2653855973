"""Pages made for the tests of the guard: a good one, and one for each mistake that the guard must catch."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from jobbro.apps.audit.enums import Purpose, Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen
from jobbro.webkit.access import ANYONE, CASEWORK, SIGNED_IN, page


def _citizen(citizen_id: UUID) -> Citizen:
    found = Citizen.objects.filter(pk=citizen_id).first()
    if found is None:
        raise Http404
    return found


@page(CASEWORK, purpose=Purpose.CASEWORK)
def person(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    return HttpResponse(_citizen(citizen_id).name)


@page(CASEWORK)
def without_purpose(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    return HttpResponse(_citizen(citizen_id).name)


@page(CASEWORK, purpose=Purpose.CASEWORK)
def writing_get(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    Citizen.objects.filter(pk=citizen_id).update(family_name="Overskrevet")
    return HttpResponse()


@page(SIGNED_IN, writes=True)
def act(request: HttpRequest) -> HttpResponse:
    if request.POST.get("bad"):
        return HttpResponse("ret venligst", status=422)
    record_event(verb=Verb.NOTE_WRITTEN, subject="act")
    if request.POST.get("fall"):
        raise RuntimeError("fell over after writing")
    return HttpResponseRedirect("/done/")


@page(ANYONE)
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


urlpatterns = [
    path("test/person/<uuid:citizen_id>/", person, name="test_person"),
    path("test/without-purpose/<uuid:citizen_id>/", without_purpose),
    path("test/writing-get/<uuid:citizen_id>/", writing_get),
    path("test/act/", act),
    path("test/act/again/", act),
    path("test/open/", open_page),
    path("", include("config.urls")),
]
handler403 = "jobbro.web.errors.views.forbidden"
handler404 = "jobbro.web.errors.views.not_found"
handler500 = "jobbro.web.errors.views.server_error"
