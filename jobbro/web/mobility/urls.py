"""Addresses of the mobility slice."""

from django.urls import URLPattern, path

from . import experience, notices, overview, wishes

PERSON = "citizens/<uuid:citizen_id>/mobility"
JOB = "placements/<uuid:placement_id>"
NOTICE = "notices/<uuid:notice_id>"
STEP = "last-steps/<uuid:last_step_id>"

urlpatterns: list[URLPattern] = [
    path(f"{PERSON}/", overview.mobility, name="mobility"),
    path(f"{PERSON}/wish/tell/", wishes.mobility_wish, name="mobility_wish"),
    path(f"{PERSON}/wish/talk/", wishes.mobility_wish_talk, name="mobility_wish_talk"),
    path(f"{PERSON}/wish/end/", wishes.mobility_wish_end, name="mobility_wish_end"),
    path(f"{JOB}/notice/add/", notices.notice_add, name="notice_add"),
    path(f"{NOTICE}/", notices.notice, name="notice"),
    path(f"{NOTICE}/change/", notices.notice_change, name="notice_change"),
    path(f"{NOTICE}/withdraw/", notices.notice_withdraw, name="notice_withdraw"),
    path(f"{STEP}/done/", notices.last_step_done, name="last_step_done"),
    path(f"{STEP}/drop/", notices.last_step_drop, name="last_step_drop"),
    path(f"{JOB}/experience/add/", experience.experience_add, name="experience_add"),
    path(f"{JOB}/observations/add/", experience.observation_add, name="observation_add"),
    path("observations/<uuid:observation_id>/answer/", experience.observation_answer, name="observation_answer"),
]
