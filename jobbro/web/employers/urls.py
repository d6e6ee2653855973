"""Addresses of the employers slice."""

from django.urls import URLPattern, path

from . import companies, contacts, needs, partnership, workplaces

ONE = "employers/<uuid:company_id>"

urlpatterns: list[URLPattern] = [
    path("employers/", companies.employers, name="employers"),
    path("employers/add/", companies.employer_add, name="employer_add"),
    path(f"{ONE}/", companies.employer, name="employer"),
    path(f"{ONE}/change/", companies.employer_change, name="employer_change"),
    path(f"{ONE}/state/", companies.employer_state, name="employer_state"),
    path(f"{ONE}/workplaces/add/", workplaces.workplace_add, name="workplace_add"),
    path("workplaces/<uuid:workplace_id>/", workplaces.workplace, name="workplace"),
    path("workplaces/<uuid:workplace_id>/change/", workplaces.workplace_change, name="workplace_change"),
    path(f"{ONE}/contacts/add/", contacts.contact_add, name="contact_add"),
    path("contacts/<uuid:contact_id>/change/", contacts.contact_change, name="contact_change"),
    path("contacts/<uuid:contact_id>/end/", contacts.contact_end, name="contact_end"),
    path("contacts/<uuid:contact_id>/invite/", contacts.contact_invite, name="contact_invite"),
    path(f"{ONE}/talks/add/", partnership.talk_add, name="talk_add"),
    path(f"{ONE}/yearly-talk/add/", partnership.yearly_talk_add, name="yearly_talk_add"),
    path(f"{ONE}/promises/add/", partnership.promise_add, name="promise_add"),
    path("promises/<uuid:promise_id>/end/", partnership.promise_end, name="promise_end"),
    path(f"{ONE}/agreements/add/", partnership.agreement_add, name="agreement_add"),
    path("agreements/<uuid:agreement_id>/end/", partnership.agreement_end, name="agreement_end"),
    path(f"{ONE}/needs/add/", needs.need_add, name="need_add"),
    path("needs/<uuid:need_id>/end/", needs.need_end, name="need_end"),
]
