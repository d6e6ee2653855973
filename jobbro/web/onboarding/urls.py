"""Addresses of the onboarding slice."""

from django.urls import URLPattern, path

from . import ending, ours, plan, tasks

JOB = "placements/<uuid:placement_id>"
# The first day can be moved until it has come; `jobbro smoke` opens these with a job that is to begin.
COMING = "placements/<uuid:coming_id>"
TASK = "onboarding-tasks/<uuid:onboarding_task_id>"

urlpatterns: list[URLPattern] = [
    path(f"{JOB}/onboarding/", plan.onboarding, name="onboarding"),
    path(f"{COMING}/onboarding/accept/", plan.onboarding_accept, name="onboarding_accept"),
    path(f"{COMING}/onboarding/first-day/move/", plan.onboarding_start, name="onboarding_start"),
    path(f"{JOB}/onboarding/words/approve/", plan.onboarding_words, name="onboarding_words"),
    path(f"{JOB}/onboarding/tasks/add/", tasks.onboarding_task_add, name="onboarding_task_add"),
    path(f"{TASK}/change/", tasks.onboarding_task_change, name="onboarding_task_change"),
    path(f"{TASK}/done/", tasks.onboarding_task_done, name="onboarding_task_done"),
    path(f"{TASK}/drop/", tasks.onboarding_task_drop, name="onboarding_task_drop"),
    path(f"{JOB}/end/", ending.placement_end, name="placement_end"),
    path("our-placements/<uuid:placement_id>/onboarding/", ours.our_onboarding, name="our_onboarding"),
    path("our-onboarding-tasks/<uuid:onboarding_task_id>/done/", ours.our_onboarding_done, name="our_onboarding_done"),
]
