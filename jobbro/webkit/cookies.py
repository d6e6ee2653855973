"""The few choices that a browser keeps for a person: language and reading level."""

from django.http import HttpResponse

from .requests import Request

A_YEAR = 365 * 24 * 3600


def remember(request: Request, response: HttpResponse, name: str, value: str) -> None:
    """The browser keeps this choice for a year."""
    response.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
