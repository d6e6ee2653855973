"""Addresses of the open guide and the law book: for everybody, without login."""

from django.urls import path

from . import employer_views, law_views, views

urlpatterns = [
    path("guide/", views.open_guide, name="open_guide"),
    path("guide/questions/", views.open_guide_questions, name="open_guide_questions"),
    path("guide/results/", views.open_guide_results, name="open_guide_results"),
    path("guide/employer/", employer_views.employer_support, name="employer_support"),
    path("schemes/", law_views.schemes, name="schemes"),
    path("schemes/<slug:scheme>/", law_views.scheme, name="scheme"),
]
