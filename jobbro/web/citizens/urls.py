"""Addresses of the citizens slice."""

from django.urls import path

from . import sharing_views, views

urlpatterns = [
    path("citizens/register/", views.citizen_register, name="citizen_register"),
    path("citizens/<uuid:citizen_id>/contact/", views.citizen_contact, name="citizen_contact"),
    path("citizens/<uuid:citizen_id>/address/show/", views.citizen_address, name="citizen_address"),
    path("citizens/<uuid:citizen_id>/login/invite/", views.citizen_invite, name="citizen_invite"),
    path("citizens/<uuid:citizen_id>/consents/", sharing_views.citizen_consents, name="citizen_consents"),
    path(
        "citizens/<uuid:citizen_id>/consents/<uuid:consent_id>/withdraw/",
        sharing_views.consent_withdraw,
        name="consent_withdraw",
    ),
    path("citizens/<uuid:citizen_id>/benefit/", sharing_views.citizen_benefit, name="citizen_benefit"),
    path("citizens/<uuid:citizen_id>/benefit/end/", sharing_views.citizen_benefit_end, name="citizen_benefit_end"),
]
