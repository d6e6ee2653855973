"""Screens of people who are logged in already, for journeys about something else than logging in."""

from playwright.sync_api import Browser

from jobbro.apps.accounts.models import User
from tests.browser import Watched
from tests.factories.accounts import session_key


def screen_of(
    chromium: Browser,
    *,
    base_url: str,
    user: User | None,
    width: int = 1280,
    scripts: bool = True,
    language: str = "da",
) -> Watched:
    """A context of this person's own with one page; nobody is logged in without a user."""
    context = chromium.new_context(
        base_url=base_url,
        locale="da-DK",
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )
    cookies = {"django_language": language, **({"sessionid": session_key(user)} if user else {})}
    context.add_cookies([{"name": name, "value": value, "url": base_url} for name, value in cookies.items()])
    return Watched(context)
