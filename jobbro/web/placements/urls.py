"""Addresses of round-tables and agreements."""

from django.urls import URLPattern, path

from . import agreements, arrangements, introductions, moving, ours, overview, signing

TABLE = "introductions/<uuid:introduction_id>"
VERSION = "agreements/<uuid:version_id>"
OUR_TABLE = "our-introductions/<uuid:introduction_id>"
OUR_VERSION = "our-agreements/<uuid:version_id>"

urlpatterns: list[URLPattern] = [
    path("citizens/<uuid:citizen_id>/placements/", overview.placements, name="placements"),
    path("proposals/<uuid:proposal_id>/introductions/add/", introductions.introduction_add, name="introduction_add"),
    path(f"{TABLE}/", introductions.introduction, name="introduction"),
    path(f"{TABLE}/moede.ics", introductions.introduction_calendar, name="introduction_calendar"),
    path(f"{TABLE}/change/", introductions.introduction_change, name="introduction_change"),
    path(f"{TABLE}/say/", moving.introduction_said, name="introduction_said"),
    path(f"{TABLE}/hold/", moving.introduction_hold, name="introduction_hold"),
    path(f"{TABLE}/cancel/", moving.introduction_cancel, name="introduction_cancel"),
    path(f"{TABLE}/decide/", moving.introduction_outcome, name="introduction_outcome"),
    path(f"{TABLE}/support/arrange/", arrangements.arrangement_add, name="arrangement_add"),
    path(f"{TABLE}/support/<uuid:arrangement_id>/done/", arrangements.arrangement_done, name="arrangement_done"),
    path(f"{TABLE}/agreement/write/", agreements.agreement_write, name="agreement_write"),
    path(f"{VERSION}/", agreements.agreement, name="agreement"),
    path(f"{VERSION}/aftale.pdf", agreements.agreement_pdf, name="agreement_pdf"),
    path(f"{VERSION}/sign/", signing.agreement_sign, name="agreement_sign"),
    path(f"{VERSION}/sign-for/", signing.agreement_sign_for, name="agreement_sign_for"),
    path("our-introductions/", ours.our_introductions, name="our_introductions"),
    path(f"{OUR_TABLE}/", ours.our_introduction, name="our_introduction"),
    path(f"{OUR_TABLE}/moede.ics", ours.our_introduction_calendar, name="our_introduction_calendar"),
    path(f"{OUR_VERSION}/", ours.our_agreement, name="our_agreement"),
    path(f"{OUR_VERSION}/aftale.pdf", ours.our_agreement_pdf, name="our_agreement_pdf"),
    path(f"{OUR_VERSION}/sign/", ours.our_agreement_sign, name="our_agreement_sign"),
]
