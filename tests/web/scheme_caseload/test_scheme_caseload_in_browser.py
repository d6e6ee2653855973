"""The schemes over a caseload in a real browser, wide and narrow, with axe."""

import pytest
from playwright.sync_api import Browser

from jobbro.apps.accounts.enums import Role
from tests.browser import faults_of
from tests.factories import accounts, citizens, guidance, organisations
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
ONE = "/caseload/schemes"
ADDRESSES = (f"{ONE}/", f"{ONE}/hjaelpemidler/?stage=judgement", f"{ONE}/stu/?stage=yes")


def test_names_and_numbers(chromium: Browser, live_server) -> None:
    team = organisations.team()
    mette = accounts.employee(team=team)
    nora = accounts.employee(role=Role.KEY_PERSON, unit=team.unit, name="Nora Vang")
    for _ in range(6):
        guidance.known_facts(citizen=citizens.citizen(team=team, lead=mette), work_form="employee")
    found = {}
    for user in (mette, nora):
        for width in (1280, 375):
            watched = screen_of(chromium, base_url=live_server.url, user=user, width=width)
            for address in ADDRESSES:
                watched.page.goto(address)
                found[user.display_name, width, address] = [*faults_of(watched.page), *watched.problems]
            watched.page.context.close()
    assert {where: faults for where, faults in found.items() if faults} == {}
