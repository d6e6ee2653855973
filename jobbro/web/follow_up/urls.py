"""Addresses of follow-up."""

from django.urls import URLPattern, path

from . import absence, calls, pages, rhythm, staff, talks

WORK = "placements/<uuid:placement_id>"
LINK = "talks/<str:talk_token>"
CALL = "help-requests/<uuid:help_id>"

urlpatterns: list[URLPattern] = [
    path(f"{WORK}/follow-up/", pages.follow_up, name="follow_up"),
    path(f"{WORK}/talk/", talks.talk_own, name="talk_own"),
    path(f"{WORK}/talk/sent/", talks.talk_sent, name="talk_sent"),
    path(f"{WORK}/talk/hold/", staff.talk_hold, name="talk_hold"),
    path(f"{WORK}/talk/link/send/", staff.talk_link_send, name="talk_link_send"),
    path(f"{WORK}/talks/read/", staff.talks_read, name="talks_read"),
    path(f"{WORK}/signals/answer/", staff.signal_answer, name="signal_answer"),
    path(f"{WORK}/sick-leave/add/", absence.sick_leave_add, name="sick_leave_add"),
    path("sick-leaves/<uuid:sick_leave_id>/end/", absence.sick_leave_end, name="sick_leave_end"),
    path(f"{LINK}/", talks.talk, name="talk"),
    path(f"{LINK}/stop/", talks.talk_stop, name="talk_stop"),
    path(f"{LINK}/thanks/", talks.talk_thanks, name="talk_thanks"),
    path("help-requests/ask/", calls.help_ask, name="help_ask"),
    path(f"{CALL}/", calls.help_request, name="help_request"),
    path(f"{CALL}/answer/", calls.help_answer, name="help_answer"),
    path("signals/", pages.signals, name="signals"),
    path("signals/links/send/", staff.talk_links_send, name="talk_links_send"),
    path("our-follow-up/", pages.our_follow_up, name="our_follow_up"),
    path("follow-up/rhythm/<str:code>/", rhythm.follow_up_rhythm, name="follow_up_rhythm"),
]
