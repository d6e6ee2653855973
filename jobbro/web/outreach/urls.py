"""Addresses of outreach: the opening questions, the self-check, efforts and figures."""

from django.urls import URLPattern, path

from . import efforts, opening, self_checking

EFFORT = "outreach/<uuid:effort_id>"

urlpatterns: list[URLPattern] = [
    path("citizens/<uuid:citizen_id>/opening-questions/", opening.opening_questions, name="opening_questions"),
    path("self-check/", self_checking.self_check, name="self_check"),
    path("self-check/result/", self_checking.self_check_result, name="self_check_result"),
    path("outreach/", efforts.outreach_efforts, name="outreach_efforts"),
    path("outreach/start/", efforts.outreach_effort_add, name="outreach_effort_add"),
    path("outreach/figures/", efforts.identification, name="identification"),
    path(f"{EFFORT}/", efforts.outreach_effort, name="outreach_effort"),
    path(f"{EFFORT}/people/add/", efforts.outreach_list, name="outreach_list"),
    path(f"{EFFORT}/end/", efforts.outreach_effort_end, name="outreach_effort_end"),
    path("outreach/people/<uuid:listed_id>/contact/", efforts.outreach_contact, name="outreach_contact"),
]
