"""Absences, buddy pairs and who stands in: computed from facts, with dates, and nobody without a person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.teams.enums import AbsenceKind
from jobbro.apps.teams.models import Absence, BuddyPair, Cover
from jobbro.apps.teams.needs_doing import needs_doing
from jobbro.apps.teams.refusals import NotNow, NotThere, Refused
from jobbro.apps.teams.selectors.teams import cover_plan, team_home
from jobbro.apps.teams.services.absences import end_absence, note_absence
from jobbro.apps.teams.services.pairs import end_pair, make_pair
from tests.factories import accounts, cases, organisations, teams
from tests.factories.rows import rows_of

from .mini_team import MiniTeam, case_of, members_of, now

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _today() -> date:
    return timezone.localdate()


def _away(
    made: MiniTeam,
    user: User,
    *,
    days: int | None = 4,
    start: int = 0,
    by: User | None = None,
    cover: User | None = None,
    kind: AbsenceKind = AbsenceKind.AWAY,
) -> Absence:
    first = _today() + start * DAY
    with accounts.acting(by or made.lead) as actor:
        return note_absence(
            actor=actor,
            user_id=user.pk,
            kind=kind,
            from_on=first,
            until_on=None if days is None else first + days * DAY,
            cover_id=cover.pk if cover else None,
            at=now(),
            on=_today(),
        )


def _back(made: MiniTeam, absence: Absence, *, days: int = 0) -> Absence:
    with accounts.acting(made.lead) as actor:
        return end_absence(actor=actor, absence_id=absence.pk, back_on=_today() + days * DAY, at=now(), on=_today())


def _covers(made: MiniTeam, citizen: Citizen) -> list[tuple[str, str, date, date | None]]:
    with accounts.acting(made.lead):
        rows = Cover.objects.filter(citizen=citizen).select_related("user").order_by("from_on", "pk")
        return [(row.user.display_name, row.reason, row.from_on, row.until_on) for row in rows]


def _needs(made: MiniTeam, user: User | None = None) -> list[tuple[str, object]]:
    with accounts.acting(user or made.lead) as actor:
        return [(row[1], row[4]) for found in needs_doing(actor=actor, on=_today()) for row in found]


def test_the_buddy_stands_in_for_the_days_of_the_absence() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    teams.pair(team=made.team, first=made.mette, second=made.ali)
    absence = _away(made, made.mette)
    assert _covers(made, anna) == [("Ali Demir", "pair", _today(), absence.until_on)]
    with accounts.acting(made.lead):
        assert ("Ali Demir", "cover", _today(), absence.until_on) in members_of(anna)
    assert _needs(made) == []


def test_the_one_who_is_named_comes_before_the_buddy_and_may_be_of_another_team() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    teams.pair(team=made.team, first=made.mette, second=made.ali)
    with accounts.acting(made.bo):
        assert not Citizen.objects.filter(pk=anna.pk).exists()
    _away(made, made.mette, cover=made.bo)
    assert [row[:2] for row in _covers(made, anna)] == [("Bo Skov", "named")]
    with accounts.acting(made.bo):
        assert Citizen.objects.filter(pk=anna.pk).exists()


def test_a_cover_that_has_not_begun_opens_no_file() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    _away(made, made.mette, cover=made.bo, start=3)
    assert [row[0] for row in _covers(made, anna)] == ["Bo Skov"]
    with accounts.acting(made.bo):
        assert not Citizen.objects.filter(pk=anna.pk).exists()


def test_both_buddies_away_the_mini_team_stands_in_by_turns_and_the_lead_is_told() -> None:
    made = MiniTeam()
    zoe = made.mate("Zoe Lind")
    people = [made.citizen(name, lead=made.mette) for name in ("A", "B", "C", "D")]
    teams.pair(team=made.team, first=made.mette, second=made.ali)
    _away(made, made.mette)
    _away(made, made.ali, days=1)
    who = [[row[0] for row in _covers(made, one)] for one in people]
    assert sorted(row[0] for row in who) == ["Eva Ravn", "Eva Ravn", "Zoe Lind", "Zoe Lind"]
    # The buddy is back the day after tomorrow and stands in from then on.
    assert [row[1] for row in who] == ["Ali Demir"] * 4
    assert _needs(made) == [("both_buddies_away", made.lead.pk)] * 4
    assert _needs(made, zoe) == _needs(made)


def test_a_whole_mini_team_away_is_told_the_lead() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    for user in (made.mette, made.ali, made.eva):
        _away(made, user)
    assert _covers(made, anna) == []
    assert _needs(made) == [("nobody_stands_in", made.lead.pk)]
    with accounts.acting(made.lead) as actor:
        plan = cover_plan(actor=actor, team_id=made.team.pk, on=_today())
        home = team_home(actor=actor, team_id=made.team.pk, on=_today())
    assert plan is not None and [line.citizen for line in plan.uncovered] == ["Anna Lund"]
    assert home is not None and home.uncovered == 1


def test_overlapping_absences_become_one() -> None:
    made = MiniTeam()
    made.citizen(lead=made.mette)
    first = _away(made, made.mette, days=4)
    _away(made, made.mette, start=20, days=5)
    last = _away(made, made.mette, start=3, days=16)
    (row,) = Absence.objects.filter(user=made.mette, called_off_at__isnull=True)
    assert (row.pk, row.from_on, row.until_on) == (first.pk, _today(), _today() + 25 * DAY)
    assert last.pk == first.pk


def test_absent_without_a_last_day_and_back_again() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    absence = _away(made, made.mette, days=None)
    assert [row[3] for row in _covers(made, anna)] == [None]
    back = _back(made, absence, days=3)
    assert back.until_on == _today() + 2 * DAY
    assert [row[3] for row in _covers(made, anna)] == [_today() + 2 * DAY]


def test_back_today_or_called_off_leaves_no_cover_behind() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    absence = _away(made, made.mette, cover=made.bo)
    assert _back(made, absence).called_off_at is not None
    assert _covers(made, anna) == []
    with accounts.acting(made.lead):
        assert [row[1] for row in members_of(anna)] == ["lead"]
    with pytest.raises(NotNow):
        _back(made, absence)


def test_who_stands_in_goes_away_and_another_takes_over() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    teams.pair(team=made.team, first=made.mette, second=made.ali)
    _away(made, made.mette, days=10)
    away = _away(made, made.ali, start=2, days=2)
    assert [(row[0], row[2], row[3]) for row in _covers(made, anna)] == [
        ("Ali Demir", _today(), _today() + DAY),
        ("Eva Ravn", _today() + 2 * DAY, _today() + 4 * DAY),
        ("Ali Demir", _today() + 5 * DAY, _today() + 10 * DAY),
    ]
    _back(made, away, days=2)
    assert [(row[0], row[3]) for row in _covers(made, anna)] == [("Ali Demir", _today() + 10 * DAY)]


def test_somebody_with_a_place_in_the_team_keeps_it() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    with accounts.acting(made.lead):
        case = case_of(anna)
    cases.member(case=case, user=made.eva)
    _away(made, made.mette)
    assert [row[:2] for row in _covers(made, anna)] == [("Eva Ravn", "buddy")]
    with accounts.acting(made.lead):
        assert [row[:2] for row in members_of(anna)] == [("Eva Ravn", "buddy"), ("Mette Holm", "lead")]


def test_noting_the_same_twice_changes_nothing() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    _away(made, made.mette)
    before = rows_of("select id from teams_cover where citizen_id = $1::uuid", value=anna.pk)
    _away(made, made.mette)
    assert rows_of("select id from teams_cover where citizen_id = $1::uuid", value=anna.pk) == before


def test_one_who_leaves_has_somebody_standing_in_until_a_person_has_chosen() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    absence = _away(made, made.mette, kind=AbsenceKind.LEAVING)
    assert absence.until_on is None
    assert len(_covers(made, anna)) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [({"days": -1}, "order"), ({"start": -9, "days": 2}, "past"), ({"cover": "mette"}, "self_cover")],
)
def test_what_cannot_be_is_refused(more: dict[str, object], code: str) -> None:
    made = MiniTeam()
    if "cover" in more:
        more = {"cover": made.mette}
    with pytest.raises(Refused, match=code):
        _away(made, made.mette, **more)  # type: ignore[arg-type]


def test_nobody_notes_it_for_somebody_they_do_not_work_with() -> None:
    made = MiniTeam()
    with pytest.raises(NotThere):
        _away(made, made.mette, by=made.bo)
    assert _away(made, made.mette, by=made.ali).noted_by_id == made.ali.pk
    with accounts.acting(made.bo) as actor:
        assert team_home(actor=actor, team_id=made.team.pk, on=_today()) is None


def test_a_pair_is_made_by_the_lead_of_two_of_the_team_and_each_is_in_one() -> None:
    made = MiniTeam()

    def pair(first: User, second: User, *, by: User | None = None) -> BuddyPair:
        with accounts.acting(by or made.lead) as actor:
            return make_pair(
                actor=actor, team_id=made.team.pk, first_id=first.pk, second_id=second.pk, at=now(), on=_today()
            )

    with pytest.raises(NotThere):
        pair(made.mette, made.ali, by=made.mette)
    with pytest.raises(Refused, match="same"):
        pair(made.mette, made.mette)
    with pytest.raises(Refused, match="not_in_team"):
        pair(made.mette, made.bo)
    first = pair(made.mette, made.ali)
    with pytest.raises(Refused, match="in_pair"):
        pair(made.eva, made.ali)
    with accounts.acting(made.lead) as actor:
        end_pair(actor=actor, pair_id=first.pk, at=now(), on=_today())
    assert pair(made.eva, made.ali).pk


def test_the_database_itself_keeps_each_in_one_pair() -> None:
    made = MiniTeam()
    teams.pair(team=made.team, first=made.mette, second=made.ali)
    with pytest.raises(IntegrityError, match="another pair"), transaction.atomic():
        teams.pair(team=made.team, first=made.eva, second=made.ali)


def test_a_new_pair_stands_in_at_once() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette)
    _away(made, made.mette)
    before = _covers(made, anna)[0][0]
    buddy = made.ali if before == "Eva Ravn" else made.eva
    with accounts.acting(made.lead) as actor:
        make_pair(actor=actor, team_id=made.team.pk, first_id=made.mette.pk, second_id=buddy.pk, at=now(), on=_today())
    assert [row[:2] for row in _covers(made, anna)] == [(buddy.display_name, "pair")]


def test_the_wall_hides_colleagues_absences_from_citizens_and_strangers() -> None:
    made = MiniTeam()
    anna = made.citizen(lead=made.mette, has_login=True)
    _away(made, made.mette)
    stranger = accounts.employee(unit=organisations.unit())
    for user in (anna.user, stranger):
        with accounts.acting(user), connection.cursor() as cursor:
            cursor.execute("select count(*) from teams_absence")
            assert cursor.fetchone() == (0,)
    with accounts.acting(stranger):
        assert not Cover.objects.exists()
