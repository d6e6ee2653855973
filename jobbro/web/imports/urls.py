"""Addresses of the imports slice."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("imports/", views.imports, name="imports"),
    path("imports/start/", views.import_start, name="import_start"),
    path("imports/template/<str:kind>.<str:make>", views.import_template, name="import_template"),
    path("imports/<uuid:batch_id>/", views.import_batch, name="import_batch"),
    path("imports/<uuid:batch_id>/run/", views.import_run, name="import_run"),
    path("imports/<uuid:batch_id>/end/", views.import_end, name="import_end"),
    path("imports/<uuid:batch_id>/rows/<int:number>/", views.import_row, name="import_row"),
    path("imports/<uuid:batch_id>/rows/<int:number>/skip/", views.import_row_skip, name="import_row_skip"),
]
