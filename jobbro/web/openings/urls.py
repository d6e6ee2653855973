"""Addresses of open jobs."""

from django.urls import URLPattern, path

from . import carved, demands, editing, listing, postings, public, showing

ONE = "openings/<uuid:opening_id>"

urlpatterns: list[URLPattern] = [
    path("openings/", listing.openings, name="openings"),
    path("our-openings/", listing.our_openings, name="our_openings"),
    path("workplaces/<uuid:workplace_id>/openings/add/", editing.opening_add, name="opening_add"),
    path("workplaces/<uuid:workplace_id>/postings/upload/", postings.posting_upload, name="posting_upload"),
    path("carved-jobs/<uuid:job_id>/open/", carved.carved_job_open, name="carved_job_open"),
    path(f"{ONE}/", showing.opening, name="opening"),
    path(f"{ONE}/change/", editing.opening_change, name="opening_change"),
    path(f"{ONE}/demand/", demands.opening_demand, name="opening_demand"),
    path(f"{ONE}/states/<slug:turning>/", showing.opening_state, name="opening_state"),
    path("jobs/", public.public_jobs, name="public_jobs"),
    path("jobs/<uuid:opening_id>/", public.public_job, name="public_job"),
]
