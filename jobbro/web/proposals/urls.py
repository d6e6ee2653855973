"""Addresses of the proposals slice."""

from django.urls import URLPattern, path

from . import explaining, jobs, moving, people

PERSON = "citizens/<uuid:citizen_id>/jobs"
PAIR = f"{PERSON}/<uuid:opening_id>"
ONE = "proposals/<uuid:proposal_id>"

urlpatterns: list[URLPattern] = [
    path(f"{PERSON}/", jobs.jobs_for, name="jobs_for"),
    path(f"{PERSON}/hidden/<slug:reason>/", jobs.jobs_hidden, name="jobs_hidden"),
    path(f"{PAIR}/", jobs.job_for, name="job_for"),
    path(f"{PAIR}/propose/", moving.proposal_make, name="proposal_make"),
    path(f"{ONE}/", moving.proposal, name="proposal"),
    path(f"{ONE}/move/", moving.proposal_move, name="proposal_move"),
    path("openings/<uuid:opening_id>/people/", people.people_for, name="people_for"),
    path("how-matching-works/", explaining.how_matching_works, name="how_matching_works"),
]
