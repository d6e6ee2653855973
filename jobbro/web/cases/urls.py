"""Addresses of the cases slice."""

from django.urls import path

from . import file_views, member_views, search_views, views

urlpatterns = [
    path("citizens/", views.caseload, name="caseload"),
    path("search/", search_views.citizen_search, name="citizen_search"),
    path("urgent/", search_views.urgent_access, name="urgent_access"),
    path("citizens/<uuid:citizen_id>/", file_views.citizen, name="citizen"),
    path("citizens/<uuid:citizen_id>/notes/", file_views.case_notes, name="case_notes"),
    path("citizens/<uuid:citizen_id>/notes/add/", file_views.case_note_add, name="case_note_add"),
    path("citizens/<uuid:citizen_id>/step/set/", file_views.case_step_set, name="case_step_set"),
    path("citizens/<uuid:citizen_id>/members/", member_views.case_members, name="case_members"),
    path("citizens/<uuid:citizen_id>/members/add/", member_views.case_member_add, name="case_member_add"),
    path("citizens/<uuid:citizen_id>/members/hand-over/", member_views.case_hand_over, name="case_hand_over"),
    path(
        "citizens/<uuid:citizen_id>/members/<uuid:member_id>/end/",
        member_views.case_member_end,
        name="case_member_end",
    ),
    path("citizens/<uuid:citizen_id>/transfer/", member_views.case_transfer, name="case_transfer"),
    path("citizens/<uuid:citizen_id>/<str:move>/confirm/", member_views.case_move, name="case_move"),
]
