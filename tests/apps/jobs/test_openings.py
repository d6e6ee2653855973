"""Open jobs: who writes them, what they must say, where they stand, and who reads them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.jobs.enums import CarvedState, OpeningDemand, OpeningOrigin, OpeningState
from jobbro.apps.jobs.models import CarvedFor, CarvedSupport, Opening
from jobbro.apps.jobs.opening_checking import OpeningDraft
from jobbro.apps.jobs.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.jobs.selectors.openings import OpeningFilter, opening_demand, opening_page, openings_for
from jobbro.apps.jobs.selectors.openings_public import PublicFilter, public_opening, public_openings
from jobbro.apps.jobs.services.carved_jobs import JobMove, move_job
from jobbro.apps.jobs.services.openings import (
    OpeningMove,
    add_opening,
    change_opening,
    confirm_opening_demand,
    move_opening,
    prefill_opening_demand,
)
from jobbro.apps.jobs.services.openings_carved import open_carved_job
from jobbro.apps.jobs.services.openings_closing import close_passed_openings
from jobbro.apps.jobs.stamps import seen_carved_job, seen_opening
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.support.catalogue import catalogue
from tests.factories import accounts, citizens, employers, jobs, organisations
from tests.factories.accounts import acting
from tests.factories.openings import carved_opening, draft_opening, opening, prefilled_opening
from tests.factories.rows import rows_of, write

pytestmark = pytest.mark.django_db
AT, TODAY = timezone.now(), timezone.localdate()
BAKER = next(one for one in occupations() if one.has_profile).code
OTHER = [one for one in occupations() if one.has_profile][7].code
DRAFT = OpeningDraft(title="Hjælp i bageriet", hours_min=Decimal(10), hours_max=Decimal("14.5"), occupation=BAKER)
LEVELS = {"standing": 2, "pace": 1}
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def house() -> SimpleNamespace:
    """A bakery on the map held by Jonas, its own Bente, another company's Carl, and a broker of elsewhere."""
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    company = employers.company(team=team, broker=jonas)
    other = employers.company(team=team, broker=jonas, name="Vaskeriet")
    place = employers.workplace(company=company, x=724.0, y=6175.0, postcode="2300", city="Kbh S")
    return SimpleNamespace(
        team=team,
        jonas=jonas,
        company=company,
        other=other,
        place=place,
        bente=employers.employer_user(company=company),
        carl=employers.employer_user(company=other, name="Carl"),
        stranger=employers.job_broker(),
    )


def _add(house: SimpleNamespace, by: object = None, **fields: object) -> Opening:
    with acting(by or house.jonas) as actor:
        origin = OpeningOrigin.EMPLOYER if actor.is_employer else OpeningOrigin.BROKER
        return add_opening(
            actor=actor,
            workplace_id=house.place.pk,
            draft=replace(DRAFT, **fields),
            origin=origin,
            at=AT,
            on=TODAY,
        )


def _confirm(row: Opening, by: object, levels: dict[str, int] | None = None, seen: str | None = None) -> Opening:
    with acting(by) as actor:
        now = Opening.objects.get(pk=row.pk)
        return confirm_opening_demand(
            actor=actor,
            opening_id=row.pk,
            levels=levels or LEVELS,
            seen=seen_opening(now) if seen is None else seen,
            at=timezone.now(),
            on=TODAY,
        )


def _move(row: Opening, move: str, by: object, *, seen: str | None = None, on: date = TODAY) -> Opening:
    with acting(by) as actor:
        now = Opening.objects.filter(pk=row.pk).first()
        return move_opening(
            actor=actor,
            opening_id=row.pk,
            move=move,
            details=OpeningMove(on=on),
            seen=(seen_opening(now) if now else "") if seen is None else seen,
            at=timezone.now(),
        )


def _refusal(do: object, *args: object, **fields: object) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        do(*args, **fields)
    return refused.value.code


def test_a_new_job_is_a_draft_with_place_levels_and_usual_support(house: SimpleNamespace) -> None:
    row = _add(house)
    assert (row.state, row.demand_source, row.origin) == ("draft", OpeningDemand.OCCUPATION, OpeningOrigin.BROKER)
    assert (row.employer_name, row.place_name, row.city, row.x) == (
        "Bageriet Kornblomst",
        house.place.name,
        "Kbh S",
        724,
    )
    assert row.demand == {area: level for area, level in occupations().by_code(BAKER).levels.items() if level}
    schemes = {entry.code: entry.measure.scheme for entry in catalogue().entries}
    assert set(row.measures) == {code for code, scheme in schemes.items() if scheme != "employer"}


def test_what_the_workplace_does_itself_comes_along(house: SimpleNamespace) -> None:
    own = next(entry.code for entry in catalogue().entries if entry.measure.scheme == "employer")
    house.place = employers.workplace(company=house.company, name="Lageret", x=1.0, y=1.0, measures=[own, "is_gone"])
    row = _add(house)
    assert own in row.measures and "is_gone" not in row.measures
    assert _add(house, measures=(own,)).measures == [own]


def test_a_place_that_is_on_no_map_is_refused(house: SimpleNamespace) -> None:
    house.place = employers.workplace(company=house.company, name="Et sted")
    assert _refusal(_add, house) == "no_place"


def test_the_postcode_says_where_it_is_when_nobody_else_does(house: SimpleNamespace) -> None:
    house.place = employers.workplace(company=house.company, name="Et sted", postcode="8000")
    assert 550 < _add(house).x < 600


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "  "}, "name_none"),
        ({"title": "Ring til 010190-1234"}, "cpr"),
        ({"description": "Om 010190-1234"}, "cpr"),
        ({"hours_min": Decimal(20)}, "opening_hours"),
        ({"hours_max": Decimal("NaN")}, "opening_hours"),
        ({"hours_min": Decimal(0), "hours_max": Decimal(0)}, "opening_hours"),
        ({"hours_max": Decimal("60.5")}, "opening_hours"),
        ({"hours_min": Decimal("-1")}, "opening_hours"),
        ({"hours_max": Decimal("12.25")}, "opening_fine"),
        ({"slots": ("mon_am",)}, "opening_room"),
        ({"slots": ("mon_am", "mon_noon")}, "slots_unknown"),
        ({"places": 0}, "places_number"),
        ({"places": 10_001}, "places_number"),
        ({"occupation": "0000-00"}, "occupation_unknown"),
        ({"measures": ("no_such_measure",)}, "measures"),
        ({"starts_on": TODAY, "closes_on": NEXT_WEEK}, "closes_early"),
    ],
)
def test_what_cannot_be_is_refused(house: SimpleNamespace, fields: dict[str, object], code: str) -> None:
    assert _refusal(_add, house, **fields) == code
    assert rows_of("select id from jobs_opening") == []


def test_a_job_for_ten_thousand_is_possible(house: SimpleNamespace) -> None:
    assert _add(house, places=10_000).places == 10_000


def test_the_same_source_comes_once_a_company(house: SimpleNamespace) -> None:
    _add(house, source_id="A1")
    assert _refusal(_add, house, source_id="A1") == "source_twice"


def test_the_company_adds_its_own_and_nobody_elses(house: SimpleNamespace) -> None:
    assert _add(house, house.bente).origin == OpeningOrigin.EMPLOYER
    for who in (house.carl, house.stranger):
        with pytest.raises(NotThere):
            _add(house, who)


def test_key_persons_read_and_do_not_write(house: SimpleNamespace) -> None:
    row = opening(workplace=house.place)
    kim = accounts.employee(role=Role.KEY_PERSON, team=house.team)
    with pytest.raises(PermissionDenied):
        _add(house, kim)
    with acting(kim) as actor:
        page = opening_page(actor=actor, opening_id=row.pk, language="da", on=TODAY)
    assert page is not None and not page.may_keep and page.moves == ()


def test_levels_are_confirmed_in_ones_own_name(house: SimpleNamespace) -> None:
    row = _add(house)
    kept = _confirm(row, house.bente)
    assert (kept.demand, kept.demand_source, kept.confirmed_by_id) == (LEVELS, "confirmed", house.bente.pk)
    assert _refusal(_confirm, row, house.bente, {"standing": 0}) == "demand_none"
    assert _refusal(_confirm, row, house.bente, {"standing": 7}) == "demand_unknown"
    with acting(house.jonas), pytest.raises(ProgrammingError), transaction.atomic():
        Opening.objects.filter(pk=row.pk).update(confirmed_by=house.carl)


def test_another_occupation_brings_its_levels_until_somebody_has_looked(house: SimpleNamespace) -> None:
    row = _add(house)

    def change(**fields: object) -> Opening:
        with acting(house.jonas) as actor:
            seen = seen_opening(Opening.objects.get(pk=row.pk))
            draft = replace(DRAFT, **fields)
            return change_opening(actor=actor, opening_id=row.pk, draft=draft, seen=seen, at=timezone.now(), on=TODAY)

    assert change(occupation=OTHER).demand == {a: n for a, n in occupations().by_code(OTHER).levels.items() if n}
    assert change(occupation="").demand_source == OpeningDemand.NONE
    _confirm(row, house.jonas)
    assert change(occupation=BAKER).demand == LEVELS


def test_two_who_change_at_once_are_told(house: SimpleNamespace) -> None:
    row = _add(house)
    seen = seen_opening(row)
    _confirm(row, house.bente)
    with acting(house.jonas) as actor, pytest.raises(Changed):
        change_opening(actor=actor, opening_id=row.pk, draft=DRAFT, seen=seen, at=AT, on=TODAY)
    with pytest.raises(Changed):
        _confirm(row, house.jonas, seen=seen)
    with pytest.raises(Changed):
        _move(row, "open", house.jonas, seen=seen)


def test_levels_to_begin_with_come_from_an_occupation(house: SimpleNamespace) -> None:
    row = _add(house, occupation="")
    assert row.demand_source == OpeningDemand.NONE

    def begin(code: str) -> Opening:
        with acting(house.jonas) as actor:
            seen = seen_opening(Opening.objects.get(pk=row.pk))
            return prefill_opening_demand(
                actor=actor, opening_id=row.pk, occupation=code, seen=seen, at=timezone.now(), on=TODAY
            )

    assert _refusal(begin, "nonsense") == "prefill_unknown"
    kept = begin(BAKER)
    assert (kept.occupation, kept.demand_source) == (BAKER, OpeningDemand.OCCUPATION)
    with acting(house.jonas) as actor:
        page = opening_demand(actor=actor, opening_id=row.pk, language="da", on=TODAY)
    assert page is not None and page.occupation is not None and page.occupation.code == BAKER
    _confirm(row, house.jonas)
    assert _refusal(begin, OTHER) == "opening_confirmed"


def test_a_job_opens_fills_reopens_and_closes(house: SimpleNamespace) -> None:
    row = _add(house, occupation="")
    assert _refusal(_move, row, "open", house.jonas) == "demand_missing"
    _confirm(row, house.jonas)
    with pytest.raises(NotNow):
        _move(row, "fill", house.jonas)
    steps = [("open", "open"), ("fill", "filled"), ("reopen", "open"), ("withdraw", "draft"), ("close", "closed")]
    for move, state in [*steps, ("reopen", "open")]:
        assert _move(row, move, house.bente).state == state


def test_a_job_past_its_day_counts_as_closed_and_opens_with_a_new_day(house: SimpleNamespace) -> None:
    row = opening(workplace=house.place, closes_on=TODAY - timedelta(days=1), is_public=True)
    with acting(house.jonas) as actor:
        page = opening_page(actor=actor, opening_id=row.pk, language="da", on=TODAY)
        lists = {
            show: openings_for(actor=actor, wanted=OpeningFilter(show=show), number=1, on=TODAY).lines
            for show in ("", "open", "closed", "closing")
        }
    assert page is not None and page.line.state == OpeningState.CLOSED and page.moves == ("reopen",)
    assert {show: len(lines) for show, lines in lists.items()} == {"": 0, "open": 0, "closed": 1, "closing": 0}
    assert public_opening(opening_id=row.pk, on=TODAY) is None
    with acting(house.stranger) as actor:
        assert opening_page(actor=actor, opening_id=row.pk, language="da", on=TODAY) is None
    assert _refusal(_move, row, "reopen", house.jonas) == "closes_passed"


def test_at_night_passed_jobs_and_those_of_closed_places_are_closed(house: SimpleNamespace) -> None:
    passed = opening(workplace=house.place, closes_on=TODAY - timedelta(days=1))
    today = opening(workplace=house.place, closes_on=TODAY)
    gone = employers.workplace(company=house.company, name="Nedlagt", closed_on=TODAY - timedelta(days=3))
    at_gone = opening(workplace=gone)
    at_ended = opening(company=employers.company(state=PartnerState.CLOSED))
    with acting_as(SYSTEM_ACTOR):
        assert close_passed_openings(on=TODAY, at=AT) == 3
        assert close_passed_openings(on=TODAY, at=AT) == 0
    states = {row.id: row.state for row in rows_of("select id, state from jobs_opening")}
    assert [states[str(row.pk)] for row in (passed, today, at_gone, at_ended)] == ["closed", "open", "closed", "closed"]


def test_a_closed_company_opens_nothing_but_can_close(house: SimpleNamespace) -> None:
    company = employers.company(team=house.team, broker=house.jonas, state=PartnerState.CLOSED, name="Lukket")
    row = opening(company=company)
    assert _refusal(_confirm, row, house.jonas) == "closed"
    assert _move(row, "close", house.jonas).state == OpeningState.CLOSED
    assert _refusal(_move, row, "reopen", house.jonas) == "closed"


def test_the_list_of_staff_narrows(house: SimpleNamespace) -> None:
    soon = opening(workplace=house.place, title="Pakke brød", closes_on=TODAY + timedelta(days=3))
    prefilled = prefilled_opening(workplace=house.place, title="Feje")
    draft = draft_opening(workplace=house.place, title="Male")
    opening(workplace=house.place, title="Væk", state=OpeningState.FILLED)
    elsewhere = opening(title="Et andet sted")

    def listed(**wanted: object) -> list[object]:
        with acting(house.jonas) as actor:
            found = openings_for(actor=actor, wanted=OpeningFilter(**wanted), number=1, on=TODAY)
        return [line.id for line in found.lines]

    assert listed()[0] == soon.pk and set(listed()) == {soon.pk, prefilled.pk, draft.pk}
    assert listed(show="closing") == [soon.pk]
    assert set(listed(show="unconfirmed")) == {prefilled.pk, draft.pk}
    assert listed(words="brød") == [soon.pk]
    assert listed(workplace_id=house.place.pk, show="draft") == [draft.pk]
    assert elsewhere.pk not in listed()
    with acting(house.jonas) as actor, pytest.raises(NotThere):
        openings_for(actor=actor, wanted=OpeningFilter(workplace_id=elsewhere.workplace_id), number=1, on=TODAY)


def _sees(who: object, row: Opening) -> bool:
    with acting(who):
        return Opening.objects.filter(pk=row.pk).exists()


def test_the_wall_shows_the_pool_to_those_who_seek_and_drafts_to_those_who_keep(house: SimpleNamespace) -> None:
    pool, draft = opening(workplace=house.place), draft_opening(workplace=house.place)
    anna = citizens.citizen(team=house.team, lead=house.jonas, has_login=True)
    assert [_sees(who, pool) for who in (house.jonas, house.bente, house.stranger, anna.user)] == [True] * 4
    assert [_sees(who, draft) for who in (house.jonas, house.bente)] == [True] * 2
    assert [_sees(who, draft) for who in (house.stranger, anna.user, house.carl)] == [False] * 3
    # Another company's people see no pool: what is public they read as everybody does.
    assert not _sees(house.carl, pool)


def test_without_login_only_what_is_public_is_there(house: SimpleNamespace) -> None:
    shown = opening(workplace=house.place, is_public=True, title="Offentligt job")
    rows = [
        opening(workplace=house.place, title="Kun for kommunen"),
        draft_opening(workplace=house.place, is_public=True),
        opening(workplace=house.place, is_public=True, state=OpeningState.FILLED),
    ]
    assert [row.id for row in public_openings(wanted=PublicFilter(), number=1, on=TODAY).rows] == [shown.pk]
    assert list(Opening.objects.values_list("pk", flat=True)) == [shown.pk]
    assert [public_opening(opening_id=row.pk, on=TODAY) for row in rows] == [None] * 3


def test_public_jobs_are_found_by_words_town_and_hours(house: SimpleNamespace) -> None:
    opening(workplace=house.place, is_public=True, title="Pakke brød")

    def count(**wanted: object) -> int:
        return len(public_openings(wanted=PublicFilter(**wanted), number=1, on=TODAY).rows)

    assert (count(words="BRØD"), count(words="tromme"), count(town="kbh"), count(town="2300")) == (1, 0, 1, 1)
    assert (count(town="Aarhus"), count(most_hours=Decimal(10)), count(most_hours=Decimal(5))) == (0, 1, 0)
    assert count(words="%") == 0


@pytest.fixture
def carved(house: SimpleNamespace) -> SimpleNamespace:
    """A carved job that the bakery said yes to, made for Anna."""
    post = jobs.holder(workplace=house.place)
    task = jobs.confirmed_task(workplace=house.place, holder=post)
    job = jobs.carved_job(workplace=house.place, tasks=(task,), state=CarvedState.AGREED)
    with acting(house.jonas):
        job.demand = {"standing": 2}
        job.save(update_fields=["demand"])
    anna = citizens.citizen(team=house.team, lead=house.jonas, has_login=True)
    return SimpleNamespace(job=job, anna=anna, task=task)


def _for(carved: SimpleNamespace, house: SimpleNamespace) -> None:
    whom = CarvedFor(citizen=carved.anna, job=carved.job, chosen_by=house.jonas, chosen_at=AT)
    write(whom)


def _open_carved(job: object, by: object, seen: str = "") -> Opening:
    with acting(by) as actor:
        return open_carved_job(actor=actor, job_id=job.pk, seen=seen or seen_carved_job(job), at=AT, on=TODAY)


def test_an_agreed_carved_job_is_kept_for_the_person_it_was_carved_for(
    house: SimpleNamespace, carved: SimpleNamespace
) -> None:
    _for(carved, house)
    row = _open_carved(carved.job, house.jonas)
    assert (row.state, row.is_reserved, row.is_public, row.origin) == ("open", True, False, OpeningOrigin.CARVED)
    assert (row.demand, row.demand_source, row.hours_min) == ({"standing": 2}, OpeningDemand.TASKS, Decimal("2.0"))
    other = citizens.citizen(team=house.team, lead=house.jonas, has_login=True)
    assert _sees(carved.anna.user, row) and not _sees(other.user, row) and not _sees(house.stranger, row)
    with pytest.raises(NotNow):
        _open_carved(carved.job, house.jonas)


def test_a_carved_job_for_nobody_is_for_everybody(house: SimpleNamespace, carved: SimpleNamespace) -> None:
    assert not _open_carved(carved.job, house.jonas).is_reserved


def test_a_carved_job_opens_only_agreed_as_read_and_by_staff(house: SimpleNamespace, carved: SimpleNamespace) -> None:
    with pytest.raises(Changed):
        _open_carved(carved.job, house.jonas, seen="old")
    with pytest.raises(NotThere):
        _open_carved(carved.job, house.bente)
    task = jobs.confirmed_task(workplace=house.place, name="Feje")
    proposed = jobs.carved_job(workplace=house.place, tasks=(task,), title="Foreslået")
    with pytest.raises(NotNow):
        _open_carved(proposed, house.jonas)


def test_only_the_words_and_days_of_a_carved_opening_change(house: SimpleNamespace, carved: SimpleNamespace) -> None:
    row = _open_carved(carved.job, house.jonas)
    with acting(house.jonas) as actor:
        draft = replace(DRAFT, title="Nyt navn", places=7, is_public=True)
        kept = change_opening(
            actor=actor, opening_id=row.pk, draft=draft, seen=seen_opening(row), at=timezone.now(), on=TODAY
        )
    assert (kept.title, kept.places, kept.is_public, kept.hours_max) == ("Nyt navn", 1, False, Decimal("2.0"))


def test_the_company_reads_what_is_kept_for_somebody_and_leaves_it_alone(
    house: SimpleNamespace, carved: SimpleNamespace
) -> None:
    row = carved_opening(job=carved.job)
    with pytest.raises(PermissionDenied):
        _move(row, "close", house.bente)
    with acting(house.bente), pytest.raises(ProgrammingError), transaction.atomic():
        Opening.objects.filter(pk=row.pk).update(state="closed", changed_by=house.bente)


def test_a_carved_job_that_is_taken_back_closes_its_opening(house: SimpleNamespace, carved: SimpleNamespace) -> None:
    row = _open_carved(carved.job, house.jonas)
    with acting(house.jonas) as actor:
        seen = seen_carved_job(carved.job)
        details = JobMove(on=TODAY, words="Bageriet har ansat")
        move_job(actor=actor, job_id=carved.job.pk, move="withdraw", details=details, seen=seen, at=timezone.now())
        assert Opening.objects.get(pk=row.pk).state == OpeningState.CLOSED


def test_support_that_the_employer_was_not_shown_is_not_told_by_the_opening(
    house: SimpleNamespace, carved: SimpleNamespace
) -> None:
    own = [entry.code for entry in catalogue().entries if entry.measure.scheme == "employer"][:2]
    for code, is_shown in zip(own, (True, False), strict=True):
        write(CarvedSupport(company=house.company, job=carved.job, measure=code, is_shown=is_shown))
    row = _open_carved(carved.job, house.jonas)
    assert own[0] in row.measures and own[1] not in row.measures
