"""Addresses of the accounts slice."""

from django.urls import URLPattern, path

from . import provider, views

urlpatterns: list[URLPattern] = [
    path("login/", views.login, name="login"),
    path("login/first-password/", views.first_password, name="first_password"),
    path("login/municipality/", provider.oidc_start, name="oidc_start"),
    path("login/municipality/return/", provider.oidc_return, name="oidc_return"),
    path("logout/", views.logout, name="logout"),
    path("password/change/", views.password_change, name="password_change"),
    path("language/set/", views.set_language, name="set_language"),
    path("easy/set/", views.set_easy, name="set_easy"),
]
