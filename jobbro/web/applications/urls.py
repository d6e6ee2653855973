"""Addresses of the applications slice."""

from django.urls import path

from . import calendar, claims, moving, own_deadlines, vacancies, views

PERSON = "citizens/<uuid:citizen_id>"
ONE = "applications/<uuid:application_id>"
POST = "vacancies/<uuid:vacancy_id>"
QUARTER = f"{ONE}/claims/<slug:quarter>"

urlpatterns = [
    path("deadlines/", views.deadlines, name="deadlines"),
    path("deadlines/jobbro.ics", calendar.deadlines_calendar, name="deadlines_calendar"),
    path("own-deadlines/", own_deadlines.own_deadlines, name="own_deadlines"),
    path("own-deadlines/<slug:code>/<slug:scheme>/set/", own_deadlines.own_deadline_set, name="own_deadline_set"),
    path(f"{PERSON}/applications/", views.applications, name="applications"),
    path(f"{PERSON}/applications/<slug:scheme>/start/", views.application_start, name="application_start"),
    path(f"{ONE}/", views.application, name="application"),
    path(f"{ONE}/application.pdf", views.application_pdf, name="application_pdf"),
    path(f"{ONE}/write/", views.application_write, name="application_write"),
    path(f"{ONE}/documents/", views.application_documents, name="application_documents"),
    path(f"{ONE}/moves/<slug:step>/", moving.application_move, name="application_move"),
    path(f"{PERSON}/vacancies/", vacancies.vacancies, name="vacancies"),
    path(f"{PERSON}/vacancies/add/", vacancies.vacancy_add, name="vacancy_add"),
    path(f"{POST}/", vacancies.vacancy, name="vacancy"),
    path(f"{POST}/negotiate/", vacancies.vacancy_negotiate, name="vacancy_negotiate"),
    path(f"{POST}/moves/<slug:turn>/", vacancies.vacancy_move, name="vacancy_move"),
    path(f"{ONE}/claims/", claims.claims, name="claims"),
    path(f"{QUARTER}/enter/", claims.claim_enter, name="claim_enter"),
    path(f"{QUARTER}/<slug:stage>/", claims.claim_move, name="claim_move"),
]
