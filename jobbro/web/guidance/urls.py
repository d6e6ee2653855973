"""Addresses of the guidance slice."""

from django.urls import path

from . import views

PERSON = "citizens/<uuid:citizen_id>/guidance"

urlpatterns = [
    path(f"{PERSON}/", views.guidance, name="guidance"),
    path(f"{PERSON}/what-if/", views.guidance_what_if, name="guidance_what_if"),
    path(f"{PERSON}/facts/", views.guidance_facts, name="guidance_facts"),
    path(f"{PERSON}/facts/<slug:fact>/", views.guidance_fact, name="guidance_fact"),
    path(f"{PERSON}/facts/<slug:fact>/withdraw/", views.guidance_fact_withdraw, name="guidance_fact_withdraw"),
    path(f"{PERSON}/answers/", views.guidance_answers, name="guidance_answers"),
    path(f"{PERSON}/answers/keep/", views.guidance_keep, name="guidance_keep"),
    path(f"{PERSON}/answers/<uuid:answer_id>/", views.guidance_answer, name="guidance_answer"),
]
