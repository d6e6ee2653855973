"""Addresses of the cooperation with partners outside the municipality."""

from django.urls import URLPattern, path

from . import engagements, ours, partners, people

PARTNER = "external-actors/<uuid:external_actor_id>"
PERSON = "external-people/<uuid:external_person_id>"
ENGAGEMENT = "engagements/<uuid:engagement_id>"
OURS = "our-engagements/<uuid:engagement_id>"

urlpatterns: list[URLPattern] = [
    path("external-actors/", partners.external_actors, name="external_actors"),
    path("external-actors/add/", partners.external_actor_add, name="external_actor_add"),
    path(f"{PARTNER}/", partners.external_actor, name="external_actor"),
    path(f"{PARTNER}/change/", partners.external_actor_change, name="external_actor_change"),
    path(f"{PARTNER}/agreements/add/", partners.external_agreement_add, name="external_agreement_add"),
    path(
        "external-agreements/<uuid:external_agreement_id>/end/",
        partners.external_agreement_end,
        name="external_agreement_end",
    ),
    path(f"{PARTNER}/people/add/", people.external_person_add, name="external_person_add"),
    path(f"{PERSON}/end/", people.external_person_end, name="external_person_end"),
    path(f"{PERSON}/login/", people.external_person_login, name="external_person_login"),
    path("citizens/<uuid:citizen_id>/engagements/", engagements.engagements, name="engagements"),
    path("citizens/<uuid:citizen_id>/engagements/add/", engagements.engagement_add, name="engagement_add"),
    path(f"{ENGAGEMENT}/", engagements.engagement, name="engagement"),
    path(f"{ENGAGEMENT}/answer/", engagements.engagement_answer, name="engagement_answer"),
    path(f"{ENGAGEMENT}/people/", engagements.engagement_people, name="engagement_people"),
    path(f"{ENGAGEMENT}/write/", engagements.engagement_write, name="engagement_write"),
    path(f"{ENGAGEMENT}/take-back/", engagements.engagement_take_back, name="engagement_take_back"),
    path(f"{ENGAGEMENT}/end/", engagements.engagement_end, name="engagement_end"),
    path("our-engagements/", ours.our_engagements, name="our_engagements"),
    path(f"{OURS}/", ours.our_engagement, name="our_engagement"),
    path(f"{OURS}/write/", ours.engagement_entry_add, name="engagement_entry_add"),
]
