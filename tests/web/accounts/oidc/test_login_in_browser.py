"""The municipality's login in a real browser, under the content policy and across two hosts, and out of both again."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Watched
from tests.factories import accounts, organisations
from tests.factories.rows import run

from .provider import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, False)])
def test_in_and_out_again(chromium: Browser, live_server, municipality_login, width: int, scripts: bool) -> None:
    user = accounts.employee(team=organisations.team(), name="Mette Holm")
    run("update accounts_user set subject = 'mette' where id = $1::uuid", value=user.pk)
    watched = Watched(
        chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=live_server.url
        )
    )
    page = watched.page
    read_english(page, live_server.url)
    page.goto("/login/?next=/password/change/")
    if scripts:
        watched.check()
    page.get_by_role("link", name="Log in with the municipality's login").click()
    log_in_there(page, name="mette")
    expect(page).to_have_url(f"{live_server.url}/password/change/")
    page.get_by_role("button", name="Log ud").first.click()
    # This provider asks; ours is over already.
    page.get_by_role("button", name="Logout").click()
    expect(page).to_have_url(f"{live_server.url}/login/")
    page.goto("/password/change/")
    expect(page).to_have_url(f"{live_server.url}/login/?next=/password/change/")
    assert watched.problems == []


def test_the_pages_that_say_no(chromium: Browser, live_server, municipality_login) -> None:
    watched = Watched(chromium.new_context(base_url=live_server.url))
    page = watched.page
    for name, width in (("fremmed", 1280), ("svag", 375)):
        page.context.clear_cookies()
        read_english(page, live_server.url)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/login/municipality/")
        log_in_there(page, name=name)
        expect(page).to_have_title("You are not logged in – jobbro")
        # Chromium reports the 401, which is meant.
        watched.problems.clear()
        watched.check()


def read_english(page: Page, url: str) -> None:
    """In English, so that no translator changes what the test presses."""
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": url}])


def log_in_there(page: Page, *, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
