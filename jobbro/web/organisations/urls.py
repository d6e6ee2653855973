"""Addresses of the organisations slice."""

from django.urls import URLPattern, path

from . import staff_views, unit_views

urlpatterns: list[URLPattern] = [
    path("staff/", staff_views.staff, name="staff"),
    path("staff/add/", staff_views.staff_add, name="staff_add"),
    path("staff/<uuid:user_id>/", staff_views.staff_member, name="staff_member"),
    path("staff/<uuid:user_id>/role/give/", staff_views.role_give, name="role_give"),
    path("staff/<uuid:user_id>/role/<uuid:position_id>/end/", staff_views.role_end, name="role_end"),
    path("staff/<uuid:user_id>/account/close/", staff_views.account_close, name="account_close"),
    path("staff/<uuid:user_id>/account/open/", staff_views.account_open, name="account_open"),
    path("staff/<uuid:user_id>/password/renew/", staff_views.staff_password, name="staff_password"),
    path("staff/<uuid:user_id>/login/connect/", staff_views.staff_login, name="staff_login"),
    path("units/", unit_views.units, name="units"),
    path("units/add/", unit_views.unit_add, name="unit_add"),
    path("units/<uuid:unit_id>/", unit_views.unit, name="unit"),
    path("units/<uuid:unit_id>/municipality/add/", unit_views.unit_serve, name="unit_serve"),
    path("units/<uuid:unit_id>/municipality/<uuid:served_id>/end/", unit_views.unit_serve_end, name="unit_serve_end"),
    path("units/<uuid:unit_id>/team/add/", unit_views.team_add, name="team_add"),
    path("teams/<uuid:team_id>/", unit_views.team, name="team"),
]
