"""Addresses of the employer's own pages."""

from django.urls import URLPattern, path

from . import company, guides, proposals

ONE = "our-proposals/<uuid:job_id>"

urlpatterns: list[URLPattern] = [
    path("our-company/", company.our_company, name="our_company"),
    path("our-company/needs/add/", company.our_need_add, name="our_need_add"),
    path("our-needs/<uuid:need_id>/end/", company.our_need_end, name="our_need_end"),
    path("our-proposals/", proposals.our_proposals, name="our_proposals"),
    path(f"{ONE}/", proposals.our_proposal, name="our_proposal"),
    path(f"{ONE}/not-now/", proposals.our_proposal_decline, name="our_proposal_decline"),
    path(f"{ONE}/answered/", proposals.our_proposal_answered, name="our_proposal_answered"),
    path("employer-guides/", guides.employer_guides, name="employer_guides"),
    path("employer-guides/<slug:guide>/", guides.employer_guide, name="employer_guide"),
]
