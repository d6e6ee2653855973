"""Addresses of the screening slice."""

from django.urls import path

from . import views, work

urlpatterns = [
    path("citizens/<uuid:citizen_id>/dialogue/", views.dialogue, name="dialogue"),
    path("citizens/<uuid:citizen_id>/dialogue/topics/<slug:topic>/", views.dialogue_topic, name="dialogue_topic"),
    path("citizens/<uuid:citizen_id>/dialogue/paused/", views.dialogue_paused, name="dialogue_paused"),
    path("citizens/<uuid:citizen_id>/dialogue/summary/", views.dialogue_summary, name="dialogue_summary"),
    path("citizens/<uuid:citizen_id>/dialogue/agree/", views.dialogue_agree, name="dialogue_agree"),
    path("citizens/<uuid:citizen_id>/dialogue/receipt/", views.dialogue_receipt, name="dialogue_receipt"),
    path("work/search/", work.work_search, name="work_search"),
    path("citizens/<uuid:citizen_id>/profile/", views.profile, name="profile"),
]
