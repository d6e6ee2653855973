"""Addresses of endings, new beginnings and moves."""

from django.urls import URLPattern, path

from . import ending, moving, receiving

CITIZEN = "citizens/<uuid:citizen_id>"
MOVE = "moved-in/<uuid:move_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CITIZEN}/close/", ending.case_close, name="case_close"),
    path(f"{CITIZEN}/closed/", ending.case_closed, name="case_closed"),
    path(f"{CITIZEN}/closed/afslutning.pdf", ending.case_closed_pdf, name="case_closed_pdf"),
    path(f"{CITIZEN}/closed/say/", ending.last_word_say, name="last_word_say"),
    path(f"{CITIZEN}/reopen/", ending.case_reopen, name="case_reopen"),
    path(f"{CITIZEN}/move/", moving.move_municipality, name="move_municipality"),
    path(f"{CITIZEN}/move/answer/", moving.move_answer, name="move_answer"),
    path(f"{CITIZEN}/move/call-off/", moving.move_call_off, name="move_call_off"),
    path("moved-in/", receiving.moved_in, name="moved_in"),
    path(f"{MOVE}/take/", receiving.move_take, name="move_take"),
    path(f"{MOVE}/decline/", receiving.move_decline, name="move_decline"),
    path("moved-away/<uuid:kept_id>/", receiving.moved_away, name="moved_away"),
]
