"""Addresses of the tasks slice."""

from django.urls import URLPattern, path

from . import demands, holders, library, occupations, sheets, views

PLACE = "workplaces/<uuid:workplace_id>"
ONE = "tasks/<uuid:task_id>"

urlpatterns: list[URLPattern] = [
    path(f"{PLACE}/tasks/", views.tasks, name="tasks"),
    path(f"{PLACE}/tasks/add/", views.task_add, name="task_add"),
    path(f"{PLACE}/tasks/library/", library.task_library, name="task_library"),
    path(f"{PLACE}/tasks/import/", sheets.tasks_import, name="tasks_import"),
    path(f"{PLACE}/tasks/opgaver.xlsx", sheets.tasks_export, name="tasks_export"),
    path(f"{PLACE}/holders/", holders.holders, name="holders"),
    path(f"{PLACE}/holders/add/", holders.holder_add, name="holder_add"),
    path("holders/<uuid:holder_id>/change/", holders.holder_change, name="holder_change"),
    path(f"{ONE}/", views.task, name="task"),
    path(f"{ONE}/demand/", demands.task_demand, name="task_demand"),
    path(f"{ONE}/remove/", views.task_remove, name="task_remove"),
    path(f"{ONE}/restore/", views.task_restore, name="task_restore"),
    path("tasks/suggestions/", views.task_suggestions, name="task_suggestions"),
    path("occupations/search/", occupations.occupations_search, name="occupations_search"),
]
