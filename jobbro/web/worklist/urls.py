"""Addresses of the worklist slice."""

from django.urls import path

from . import citizen, saving, views

urlpatterns = [
    path("worklist/", views.worklist, name="worklist"),
    path("worklist/worklist.csv", views.worklist_file, name="worklist_file"),
    path("worklist/without-next-step/", views.without_next_step, name="without_next_step"),
    path("worklist/filters/save/", saving.worklist_filter_save, name="worklist_filter_save"),
    path("worklist/filters/<uuid:filter_id>/drop/", saving.worklist_filter_drop, name="worklist_filter_drop"),
    path("now/", citizen.what_now, name="what_now"),
]
