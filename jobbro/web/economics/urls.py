"""The address of the economics slice."""

from django.urls import path

from . import views

urlpatterns = [
    path("citizens/<uuid:citizen_id>/economics/", views.case_economics, name="case_economics"),
]
