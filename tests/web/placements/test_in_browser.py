"""The table in a real browser: planned, held, agreed and signed by three; wide and narrow, with and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import AgreementVersion, Introduction
from tests.factories import placements
from tests.factories.accounts import acting
from tests.factories.rows import run
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str, *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name).first.click()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, True), (375, False)])
def test_from_the_meeting_to_three_signatures(chromium: Browser, live_server, width: int, scripts: bool) -> None:
    at = placements.table()
    settings = {"base_url": live_server.url, "width": width, "scripts": scripts, "language": "en"}
    desk, home, bakery = (
        screen_of(chromium, user=user, **settings) for user in (at.broker, at.citizen.user, at.employer)
    )
    page, anna, bente = desk.page, home.page, bakery.page

    def check(screen=desk) -> None:
        if scripts:
            screen.check()

    page.goto(reverse("introduction_add", args=[at.proposal.pk]))
    check()
    press(page, "Plan the meeting")
    expect(page.get_by_role("main")).to_contain_text("Write a date such as")
    check()
    page.get_by_label("Which day?").fill(placements.in_days(3).isoformat())
    page.get_by_label("At what time?").fill("10:30")
    page.get_by_label("Who comes from the company?").fill("Bente Bager, Butikschef")
    press(page, "Plan the meeting")
    expect(page.get_by_role("heading", name="When, where and who")).to_be_visible()
    check()
    with acting(at.broker):
        table = Introduction.objects.get()

    anna.goto(reverse("placements", args=[at.citizen.pk]))
    check(home)
    press(anna, "Hjælp i bageriet", role="link")
    expect(anna.get_by_role("main")).to_contain_text("Bente Bager")
    anna.get_by_text("Write something").click()
    anna.get_by_label("Wants to go on").check()
    anna.get_by_label("In your words").fill("Jeg vil gerne prøve.")
    press(anna, "Write it down")
    expect(anna.locator("#said + ul")).to_contain_text("Jeg vil gerne prøve.")
    check(home)

    bente.goto(reverse("our_introductions"))
    check(bakery)
    press(bente, "Hjælp i bageriet", role="link")
    expect(bente.get_by_role("main")).to_contain_text("Jeg vil gerne prøve.")
    check(bakery)
    bente.get_by_text("Write something").click()
    bente.get_by_label("In your words").fill("Vi glæder os.")
    press(bente, "Write it down")
    expect(bente.locator("#said + ul")).to_contain_text("Vi glæder os.")

    run("update placements_introduction set meets_at = now() where id = $1::uuid", value=table.pk)
    page.goto(reverse("introduction", args=[table.pk]))
    press(page, "The meeting has been held", role="link")
    check()
    press(page, "Save")
    press(page, "Write what you came to", role="link")
    check()
    page.get_by_label("Start in the job").check()
    page.get_by_label("Why?").fill("Begge vil gerne.")
    press(page, "Save")
    expect(page.get_by_role("heading", name="What we came to")).to_be_visible()
    press(page, "Say who does it", role="link")
    check()
    press(page, "Save")
    expect(page.get_by_role("table").last).to_contain_text("Jonas Bro")
    press(page, "Write the agreement", role="link")
    check()
    page.get_by_label("From day (row 1)").fill(placements.in_days(14).isoformat())
    page.get_by_label("From day (row 2)").fill(placements.in_days(74).isoformat())
    page.get_by_label("What is the work?").fill("Vaske bageplader og pakke brød.")
    press(page, "Save the agreement")
    expect(page.get_by_role("main")).to_contain_text("Write both the day and the hours")
    check()
    page.get_by_label("Hours a week (row 2)").fill("12,5")
    press(page, "Save the agreement")
    expect(page.get_by_role("heading", name="Agreement, version 1")).to_be_visible()
    check()
    with acting(at.broker):
        version = AgreementVersion.objects.get()
    press(page, "Sign version 1")
    expect(page.get_by_role("main")).to_contain_text("2 signatures are still to come")
    press(page, "Sign for somebody else", role="link")
    check()

    anna.goto(reverse("agreement", args=[version.pk]))
    check(home)
    anna.get_by_role("button", name="Sign version 1").focus()
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("main")).to_contain_text("1 signature is still to come")
    bente.goto(reverse("our_introduction", args=[table.pk]))
    check(bakery)
    press(bente, "Read the agreement", role="link")
    check(bakery)
    press(bente, "Sign version 1")
    expect(bente.get_by_role("main")).to_contain_text("All three have signed")
    check(bakery)
    page.goto(reverse("agreement", args=[version.pk]))
    expect(page.get_by_role("main")).to_contain_text("All three have signed")
    press(page, "Write a new version", role="link")
    check()
    assert placements.placement_now(at.proposal.pk).state == PlacementState.AGREED


def test_what_is_gone_is_told_plainly(chromium: Browser, live_server) -> None:
    at = placements.table()
    table = placements.held(at=at)
    run(
        f"update matching_card set withdrawn_at = now(), withdrawn_by_id = '{at.broker.pk}' where id = $1::uuid",
        value=at.card.pk,
    )
    bakery = screen_of(chromium, user=at.employer, base_url=live_server.url, width=375, language="en")
    bakery.page.goto(reverse("our_introduction", args=[table.pk]))
    expect(bakery.page.get_by_role("heading", level=1)).to_contain_text("This is not here any more")
    bakery.check()
    desk = screen_of(chromium, user=at.broker, base_url=live_server.url, language="en")
    desk.page.goto(reverse("introduction", args=[table.pk]))
    expect(desk.page.get_by_role("main")).to_contain_text("the company cannot read this meeting")
    desk.check()
