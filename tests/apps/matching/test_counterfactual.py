"""What must not count does not: 10,000 pairs stay when people become others in everything but their needs."""

import random
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.enums import Channel
from jobbro.apps.citizens.models import BenefitPeriod
from jobbro.apps.matching import market
from jobbro.apps.matching.models import JobList, PersonFile
from tests.factories import accounts
from tests.factories.nights import Town, a_night, followed
from tests.factories.rows import rows_of, run, write
from tests.factories.screening import agreed_dialogue

pytestmark = pytest.mark.django_db
PEOPLE, JOBS = 500, 25
PAIRS = 10_000
AREAS = ("lifting", "standing", "pace", "attention", "hearing")
NAMES = (("Fatima", "Al-Sayed"), ("Nguyễn", "Thị Hoa"), ("Bjørn", "Ågård"), ("Aleksandra", "Wójcik"))
BENEFITS = ("Sygedagpenge", "Kontanthjælp", "Førtidspension", "Dagpenge")


@pytest.fixture(autouse=True)
def begin_anew(settings, tmp_path):
    settings.MARKET_FOLDER = tmp_path / "market"
    market.forget()
    yield
    market.forget()


@pytest.fixture
def town() -> Town:
    chance = random.Random(5)
    town = Town(people=0, jobs=0)
    for _ in range(PEOPLE):
        least = chance.randint(2, 15)
        person = town.person(hours_min=least, hours_max=least + 10, max_km=chance.choice((None, 30, 90)))
        agreed_dialogue(
            citizen=person, by=town.staff, level=chance.randint(0, 4), started_at=timezone.now() - timedelta(days=1)
        )
    for _ in range(JOBS):
        asked = {area: chance.randint(0, 3) for area in chance.sample(AREAS, 2)}
        town.job(demand=asked, hours_min=2, hours_max=37, measures=["assistive_device"])
    return town


def lists(town: Town) -> dict:
    with accounts.acting(town.staff):
        return {row.citizen_id: (row.entries, row.refused, row.changes, row.made_at) for row in JobList.objects.all()}


def files(town: Town) -> dict:
    with accounts.acting(town.staff):
        return {row.citizen_id: (row.content, row.digest, row.changed_at) for row in PersonFile.objects.all()}


def become_others(people: list[UUID]) -> None:
    """Another age and sex (in the number), name, origin, language, channel, reading level, companion and benefit."""
    chance = random.Random(6)
    for at, person in enumerate(people):
        born = date(1955, 1, 1) + timedelta(days=chance.randrange(18_000))
        number = Cpr.read(f"{born:%d%m%y}{1000 + at * 7 % 3000:04}")
        given, family = chance.choice(NAMES)
        run(
            f"update citizens_citizen set given_name = '{given}', family_name = '{family}',"
            f" cpr_cipher = '\\x{number.encrypted().hex()}', cpr_key = '\\x{number.key.hex()}',"
            f" channel = '{chance.choice(Channel.values)}', interpreter = 'Arabisk', companion = 'En ven',"
            f" is_easy = {chance.choice(('true', 'false'))} where id = $1::uuid",
            value=person,
        )
        write(BenefitPeriod(citizen_id=person, benefit=chance.choice(BENEFITS), from_on=date(2026, 1, 1)))
    run("update citizens_contact set address = 'En anden vej 9', phone = '', email = 'x@example.org', city = ''")


def test_age_sex_origin_benefit_and_name_change_nothing_in_ten_thousand_pairs(town):
    a_night()
    before, told = lists(town), files(town)
    assert sum(len(entries) + sum(refused.values()) for entries, refused, _, _ in before.values()) >= PAIRS
    become_others(list(before))
    assert len({row.cpr_key for row in rows_of("select cpr_key from citizens_citizen")}) == PEOPLE
    assert followed() == 0
    assert files(town) == told
    again = a_night()
    after = lists(town)
    differences = [pk for pk, kept in before.items() if after[pk] != kept]
    assert differences == []
    assert again.persons == PEOPLE
