"""What services promise and refuse about companies, and what the wall does when the application forgets to ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.employers import selectors, services
from jobbro.apps.employers.enums import PartnerState, PromiseState
from jobbro.apps.employers.models import (
    Company,
    CompanyRow,
    ContactPerson,
    PartnerAgreement,
    Promise,
    RecruitmentNeed,
    Talk,
    Workplace,
    YearlyTalk,
)
from jobbro.apps.employers.permissions import can_keep_company, can_read_company
from jobbro.apps.employers.refusals import HeldAlready, NotNow, NotThere, Refused
from jobbro.apps.employers.services import (
    AgreementDraft,
    CompanyDraft,
    ContactDraft,
    NeedDraft,
    PromiseDraft,
    TalkDraft,
    WorkplaceDraft,
)
from jobbro.apps.employers.states import MOVES
from jobbro.apps.organisations.stamps import StaleEdit
from tests.factories import accounts, citizens, employers, organisations
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
TODAY, NOW = timezone.localdate(), timezone.now()
ROWS: tuple[type[CompanyRow], ...] = (
    *(Workplace, ContactPerson, Talk, YearlyTalk, PartnerAgreement, Promise, RecruitmentNeed),
)


@dataclass
class Scene:
    """A company and its broker."""

    broker: User
    company: Company

    @property
    def draft(self) -> CompanyDraft:
        return CompanyDraft(name="Gartneriet", team_id=self.company.team_id, broker_id=self.broker.pk)


@pytest.fixture
def scene() -> Scene:
    broker = employers.job_broker()
    return Scene(broker=broker, company=employers.company(broker=broker))


def fill(company: Company) -> None:
    """One of everything, and one talk for colleagues only."""
    place = employers.workplace(company=company)
    employers.contact(company=company, workplace=place)
    employers.talk(company=company, held_on=TODAY)
    employers.talk(company=company, held_on=TODAY, is_shared=False, text="Kun til kolleger")
    employers.yearly_talk(company=company, held_on=TODAY)
    employers.agreement(company=company)
    employers.promise(company=company, due_on=TODAY)
    employers.need(company=company)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as told:
        act()
    return told.value.code


def events(company: Company) -> list[str]:
    found = rows_of("select verb from audit_event where subject like '%' || $1 order by id", value=company.pk)
    return [row.verb for row in found]


# ---- Who may ----


def test_what_may_be_read_is_what_is_visible_for_every_role(scene):
    team = scene.company.team
    others = organisations.team()
    own = employers.employer_user(company=scene.company, is_first=False)
    elsewhere = employers.employer_user(company=employers.company(broker=scene.broker, name="Gartneriet"))
    citizen = citizens.citizen(team=team, lead=scene.broker, has_login=True).user
    people = [accounts.employee(role=role, team=where) for role in Role for where in (team, others)]
    fill(employers.company(broker=employers.job_broker(team=others), name="Langt borte"))
    fill(scene.company)
    for user in (*people, own, elsewhere, citizen):
        with accounts.acting(user) as actor:
            seen = Company.objects.visible_to(actor).filter(pk=scene.company.pk).first()
            assert bool(seen) == can_read_company(actor, scene.company), (user.kind, actor.positions)
            # The wall alone says the same.
            assert Company.objects.filter(pk=scene.company.pk).exists() == bool(seen)
            for model in ROWS:
                rows = model._default_manager.filter(company=scene.company)
                assert rows.exists() == bool(seen), (model, user.kind)
                assert {row.pk for row in rows.visible_to(actor)} == {row.pk for row in rows}
            file = selectors.company_file(actor=actor, company_id=scene.company.pk, on=TODAY)
            assert bool(file) == bool(seen)


def test_the_company_reads_what_is_shared_and_nothing_else(scene):
    fill(scene.company)
    own = employers.employer_user(company=scene.company, is_first=False)
    with accounts.acting(own) as actor:
        file = selectors.company_file(actor=actor, company_id=scene.company.pk, on=TODAY)
        assert file is not None
        assert [talk.text for talk in file.talks] == ["Vi gik en tur i bageriet."]
        assert not Talk.objects.filter(is_shared=False).exists()
        assert not file.card.may_keep and file.card.may_tell_needs and not file.card.moves
        assert selectors.company_list(actor=actor, filters=selectors.CompanyFilters(), on=TODAY) is None


@pytest.mark.parametrize("role", [Role.KEY_PERSON, Role.ADMINISTRATOR])
def test_readers_change_nothing(scene, role):
    reader = accounts.employee(role=role, team=scene.company.team)
    fill(scene.company)
    with accounts.acting(reader) as actor:
        assert can_read_company(actor, scene.company) and not can_keep_company(actor, scene.company)
        company_id = scene.company.pk
        promise = Promise.objects.get()
        acts: tuple[Callable[[], object], ...] = (
            lambda: services.add_company(
                actor=actor, cvr=employers.cvr(), municipality=actor.codes[0], draft=scene.draft, on=TODAY, at=NOW
            ),
            lambda: services.move_company(actor=actor, company_id=company_id, move="rest", note="", seen="", on=TODAY),
            lambda: services.write_talk(
                actor=actor,
                company_id=company_id,
                draft=TalkDraft(kind="visit", held_on=TODAY, text="Hej"),
                on=TODAY,
                at=NOW,
            ),
            lambda: services.end_promise(actor=actor, promise_id=promise.pk, state="kept", ended_on=TODAY, on=TODAY),
            lambda: services.tell_need(actor=actor, company_id=company_id, draft=NeedDraft(title="Hænder"), on=TODAY),
            lambda: services.invite_contact(actor=actor, contact_id=ContactPerson.objects.get().pk, on=TODAY),
        )
        for act in acts:
            with pytest.raises(PermissionDenied):
                act()


def test_another_municipality_is_told_that_nothing_is_there(scene):
    fill(scene.company)
    ids = {model: row.id for model in ROWS for row in rows_of(f"select id from {model._meta.db_table} limit 1")}
    stranger = employers.job_broker(team=organisations.team())
    with accounts.acting(stranger) as actor:
        with pytest.raises(NotThere):
            services.change_company(actor=actor, company_id=scene.company.pk, draft=scene.draft, seen="", on=TODAY)
        with pytest.raises(NotThere):
            services.end_promise(actor=actor, promise_id=ids[Promise], state="kept", ended_on=TODAY, on=TODAY)
        with pytest.raises(NotThere):
            services.end_need(actor=actor, need_id=ids[RecruitmentNeed], state="met", ended_on=TODAY, on=TODAY)
        with pytest.raises(NotThere):
            services.invite_contact(actor=actor, contact_id=ids[ContactPerson], on=TODAY)


# ---- The wall when nobody asks ----


@pytest.mark.parametrize(
    "statement",
    [
        "update employers_company set name = 'Min' where id = %(company)s",
        "update employers_contactperson set sees_wages = true where company_id = %(company)s",
        "update employers_promise set state = 'kept', state_on = current_date where company_id = %(company)s",
        "update employers_workplace set name = 'Min' where company_id = %(company)s",
    ],
)
def test_the_company_cannot_write_what_staff_keep(scene, statement):
    fill(scene.company)
    own = employers.employer_user(company=scene.company, is_first=False)
    with accounts.acting(own), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, {"company": scene.company.pk})
                changed = cursor.rowcount
        except Error:
            changed = 0
        assert changed == 0


@pytest.mark.parametrize("table", [Talk, YearlyTalk])
def test_what_was_said_stands(scene, table):
    fill(scene.company)
    with accounts.acting(scene.broker), pytest.raises(Error), transaction.atomic():
        table.objects.filter(company=scene.company).update(held_on=TODAY)


def test_a_login_never_reaches_another_company(scene):
    other = employers.company(broker=scene.broker, name="Gartneriet")
    fill(other)
    own = employers.employer_user(company=scene.company)
    with accounts.acting(own) as actor:
        assert actor.companies == (scene.company.pk,)
        assert selectors.company_file(actor=actor, company_id=other.pk, on=TODAY) is None
        with pytest.raises(NotThere):
            services.tell_need(actor=actor, company_id=other.pk, draft=NeedDraft(title="Hænder"), on=TODAY)


# ---- Companies ----


def test_a_company_is_one_partner_of_a_municipality(scene):
    with accounts.acting(scene.broker) as actor:
        with pytest.raises(HeldAlready) as held:
            services.add_company(
                actor=actor,
                cvr=scene.company.cvr,
                municipality=actor.codes[0],
                draft=scene.draft,
                on=TODAY,
                at=NOW,
            )
        assert (held.value.company_id, held.value.broker) == (scene.company.pk, "Jonas Bro")
    stranger = employers.job_broker(team=organisations.team(), name="Else Toft")
    with accounts.acting(stranger) as actor:
        added = services.add_company(
            actor=actor,
            cvr=scene.company.cvr,
            municipality=actor.codes[0],
            draft=CompanyDraft(name="Kornblomst", team_id=actor.positions[0].team_id, broker_id=actor.id),
            on=TODAY,
            at=NOW,
        )
    assert events(added) == ["company_added"]


def test_only_somebody_of_the_team_holds_a_company(scene):
    stranger = employers.job_broker(team=organisations.team())
    gone = employers.job_broker(team=scene.company.team, name="Gik Videre")
    with accounts.acting(scene.broker) as actor:
        from tests.factories.rows import run

        run("update accounts_position set until_on = current_date - 1 where user_id = $1::uuid", value=gone.pk)
        for broker_id in (stranger.pk, gone.pk):
            draft = CompanyDraft(name="Gartneriet", team_id=scene.company.team_id, broker_id=broker_id)
            assert (
                refusal(
                    lambda draft=draft: services.add_company(
                        actor=actor, cvr=employers.cvr(), municipality=actor.codes[0], draft=draft, on=TODAY, at=NOW
                    )
                )
                == "holder"
            )


def test_a_company_whose_broker_left_can_still_be_changed(scene):
    colleague = employers.job_broker(team=scene.company.team, name="Åse Ny")
    from tests.factories.rows import run

    run("update accounts_position set until_on = current_date - 1 where user_id = $1::uuid", value=scene.broker.pk)
    with accounts.acting(colleague) as actor:
        page = selectors.company_to_change(actor=actor, company_id=scene.company.pk, on=TODAY)
        assert page is not None and scene.broker.pk in [holder.broker_id for holder in page.holders]
        services.change_company(
            actor=actor, company_id=scene.company.pk, draft=scene.draft, seen=page.card.seen, on=TODAY
        )
        assert Company.objects.get().name == "Gartneriet"


def test_a_change_on_old_ground_is_refused(scene):
    with accounts.acting(scene.broker) as actor:
        card = selectors.company_card(actor=actor, company_id=scene.company.pk)
        assert card is not None
        act = {"actor": actor, "company_id": scene.company.pk, "seen": card.seen, "on": TODAY}
        services.change_company(draft=scene.draft, **act)
        with pytest.raises(StaleEdit):
            services.change_company(draft=scene.draft, **act)


@pytest.mark.parametrize("state", PartnerState)
@pytest.mark.parametrize("move", sorted({move for _state, move in MOVES}))
def test_only_the_moves_of_the_table_are_made(scene, state, move):
    company = employers.company(broker=scene.broker, name="En til", state=state)
    with accounts.acting(scene.broker) as actor:
        card = selectors.company_card(actor=actor, company_id=company.pk)
        assert card is not None and (move in card.moves) == ((state, move) in MOVES)
        act = {"actor": actor, "company_id": company.pk, "move": move, "note": "", "seen": card.seen_state, "on": TODAY}
        if (state, move) not in MOVES:
            with pytest.raises(NotNow):
                services.move_company(**act)
            return
        assert services.move_company(**act).state == MOVES[state, move]
    assert events(company) == ["company_moved"]


def test_nothing_new_is_begun_with_a_closed_company(scene):
    company = employers.company(broker=scene.broker, name="Lukket", state=PartnerState.CLOSED)
    fill(company)
    with accounts.acting(scene.broker) as actor:
        act = {"actor": actor, "company_id": company.pk}
        promise = PromiseDraft(by="us", text="Ringe", promised_on=TODAY, due_on=TODAY)
        agreement = AgreementDraft(title="A", text="B", agreed_with="C", agreed_on=TODAY, from_on=TODAY)
        barred: tuple[Callable[[], object], ...] = (
            lambda: services.tell_need(draft=NeedDraft(title="Hænder"), on=TODAY, **act),
            lambda: services.make_promise(draft=promise, on=TODAY, **act),
            lambda: services.make_agreement(draft=agreement, on=TODAY, at=NOW, **act),
            lambda: services.add_workplace(draft=WorkplaceDraft(name="Ny"), **act),
            lambda: services.add_contact(draft=ContactDraft(name="Ny"), on=TODAY, **act),
        )
        assert {refusal(one) for one in barred} == {"closed"}
        services.end_promise(actor=actor, promise_id=Promise.objects.get().pk, state="kept", ended_on=TODAY, on=TODAY)
        services.end_need(
            actor=actor, need_id=RecruitmentNeed.objects.get().pk, state="withdrawn", ended_on=TODAY, on=TODAY
        )
        talk = TalkDraft(kind="phone", held_on=TODAY, text="Tak for samarbejdet")
        services.write_talk(draft=talk, on=TODAY, at=NOW, **act)


# ---- Workplaces ----


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"p_number": "123"}, "p_number"),
        ({"postcode": "99"}, "postcode"),
        ({"measures": ("magic",)}, "measure"),
        ({"features": ("magic",)}, "feature"),
        ({"slots": ("mon_night",)}, "slots"),
        ({"slot_hours": Decimal(0)}, "slot_hours"),
        ({"slot_hours": Decimal("NaN")}, "slot_hours"),
        ({"slot_hours": Decimal(13)}, "slot_hours"),
        ({"name": "  "}, "words"),
        ({"name": "Butikken på Torvet"}, "name_taken"),
        ({"p_number": "1012345678"}, "p_number_taken"),
        ({"offers_note": "Til 010190-1234"}, "cpr"),
    ],
)
def test_a_workplace_that_cannot_be_is_refused(scene, changes, code):
    employers.workplace(company=scene.company, p_number="1012345678")
    with accounts.acting(scene.broker) as actor:
        draft = WorkplaceDraft(**{"name": "Caféen", **changes})
        assert code == refusal(lambda: services.add_workplace(actor=actor, company_id=scene.company.pk, draft=draft))
        assert Workplace.objects.count() == 1


def test_a_workplace_keeps_its_week_in_order(scene):
    with accounts.acting(scene.broker) as actor:
        draft = WorkplaceDraft(name="Caféen", slots=("wed_pm", "mon_am"), measures=("quiet_room", "checklists"))
        place = services.add_workplace(actor=actor, company_id=scene.company.pk, draft=draft)
        assert (place.slots, place.measures) == (["mon_am", "wed_pm"], ["checklists", "quiet_room"])


def test_nothing_hangs_on_a_workplace_of_another_company(scene):
    foreign = employers.workplace(company=employers.company(broker=scene.broker, name="Gartneriet"))
    with accounts.acting(scene.broker) as actor:
        act = {"actor": actor, "company_id": scene.company.pk, "on": TODAY}
        contact = ContactDraft(name="Ole", workplace_id=foreign.pk)
        need = NeedDraft(title="Hænder", workplace_id=foreign.pk)
        assert refusal(lambda: services.add_contact(draft=contact, **act)) == "workplace"
        assert refusal(lambda: services.tell_need(draft=need, **act)) == "workplace"


# ---- Contacts ----


def test_a_new_login_takes_the_place_of_the_old_one(scene):
    contact = employers.contact(company=scene.company)
    with accounts.acting(scene.broker) as actor:
        first = services.invite_contact(actor=actor, contact_id=contact.pk, on=TODAY)
        second = services.invite_contact(actor=actor, contact_id=contact.pk, on=TODAY)
    assert first.username != second.username and first.password != second.password
    reach = {}
    for login in (first, second):
        (row,) = rows_of("select * from accounts_user where id = $1::uuid", value=login.user_id)
        assert (row.kind, row.must_change_password) == ("employer", True)
        with accounts.acting(User(id=login.user_id, kind="employer", display_name="Bente")) as actor:
            reach[login.username] = actor.companies
    assert reach == {first.username: (), second.username: (scene.company.pk,)}


def test_a_contact_who_has_left_is_left_alone(scene):
    contact = employers.contact(company=scene.company, until_on=TODAY - timedelta(days=1))
    with accounts.acting(scene.broker) as actor:
        for act in (
            lambda: services.invite_contact(actor=actor, contact_id=contact.pk, on=TODAY),
            lambda: services.end_contact(actor=actor, contact_id=contact.pk, until_on=None, on=TODAY),
            lambda: services.change_contact(
                actor=actor, contact_id=contact.pk, draft=ContactDraft(name="Ny"), seen="", on=TODAY
            ),
        ):
            with pytest.raises(NotNow):
                act()


def test_a_last_day_in_the_past_is_refused(scene):
    contact = employers.contact(company=scene.company)
    with accounts.acting(scene.broker) as actor:
        past = TODAY - timedelta(days=1)
        assert (
            refusal(lambda: services.end_contact(actor=actor, contact_id=contact.pk, until_on=past, on=TODAY))
            == "day_past"
        )
        ended = services.end_contact(actor=actor, contact_id=contact.pk, until_on=TODAY, on=TODAY)
        assert ended.until_on == TODAY


# ---- Promises, agreements, needs ----


def test_promises_are_counted_for_both_sides(scene):
    yesterday = TODAY - timedelta(days=1)
    for by, state, due_on in (
        ("us", PromiseState.OPEN, yesterday),
        ("us", PromiseState.OPEN, TODAY),
        ("us", PromiseState.KEPT, yesterday),
        ("them", PromiseState.DROPPED, yesterday),
        ("them", PromiseState.KEPT, yesterday),
    ):
        state_on = None if state == PromiseState.OPEN else yesterday
        employers.promise(company=scene.company, by=by, state=state, due_on=due_on, state_on=state_on)
    with accounts.acting(scene.broker) as actor:
        file = selectors.company_file(actor=actor, company_id=scene.company.pk, on=TODAY)
        assert file is not None
        ours, theirs = file.facts.ours, file.facts.theirs
    assert (ours.kept, ours.open, ours.overdue, ours.dropped) == (1, 2, 1, 0)
    assert (theirs.kept, theirs.open, theirs.overdue, theirs.dropped) == (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("state", "ended_on", "note", "code"),
    [
        ("open", TODAY, "", "end"),
        ("kept", TODAY + timedelta(days=1), "", "day_ahead"),
        ("kept", date(2019, 12, 31), "", "day_before"),
        ("dropped", TODAY, " ", "reason"),
    ],
)
def test_an_end_that_cannot_be_is_refused(scene, state, ended_on, note, code):
    promise = employers.promise(company=scene.company, due_on=TODAY)
    with accounts.acting(scene.broker) as actor:
        assert code == refusal(
            lambda: services.end_promise(
                actor=actor, promise_id=promise.pk, state=state, ended_on=ended_on, note=note, on=TODAY
            )
        )
        assert Promise.objects.get().state == PromiseState.OPEN


def test_a_new_version_of_an_agreement_ends_the_old_the_day_before(scene):
    old = employers.agreement(company=scene.company)
    draft = {"title": "Ny", "text": "Ny", "agreed_with": "Bente", "agreed_on": TODAY, "replaces_id": old.pk}
    with accounts.acting(scene.broker) as actor:
        act = {"actor": actor, "company_id": scene.company.pk, "on": TODAY, "at": NOW}
        early = AgreementDraft(from_on=old.from_on, **draft)
        assert refusal(lambda: services.make_agreement(draft=early, **act)) == "replaces_day"
        services.make_agreement(draft=AgreementDraft(from_on=TODAY, **draft), **act)
        assert PartnerAgreement.objects.get(pk=old.pk).until_on == TODAY - timedelta(days=1)
        again = AgreementDraft(from_on=TODAY + timedelta(days=9), **draft)
        assert refusal(lambda: services.make_agreement(draft=again, **act)) == "replaces"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"places": 0}, "places"),
        ({"places": 501}, "places"),
        ({"hours_max": Decimal(61)}, "hours"),
        ({"hours_min": Decimal(-1)}, "hours"),
        ({"hours_min": Decimal(10), "hours_max": Decimal(8)}, "hours_order"),
        ({"occupation": "0000"}, "occupation"),
        ({"title": ""}, "words"),
        ({"title": "x" * 121}, "too_long"),
    ],
)
def test_a_need_that_cannot_be_is_refused(scene, changes, code):
    with accounts.acting(scene.broker) as actor:
        draft = NeedDraft(**{"title": "Hænder", **changes})
        assert code == refusal(
            lambda: services.tell_need(actor=actor, company_id=scene.company.pk, draft=draft, on=TODAY)
        )


def test_the_company_tells_its_own_needs_and_ends_them(scene):
    own = employers.employer_user(company=scene.company)
    with accounts.acting(own) as actor:
        need = services.tell_need(actor=actor, company_id=scene.company.pk, draft=NeedDraft(title="Hænder"), on=TODAY)
        services.end_need(actor=actor, need_id=need.pk, state="met", ended_on=TODAY, on=TODAY)
        assert RecruitmentNeed.objects.get().state == "met"


def test_due_promises_are_those_of_my_team(scene):
    colleague = employers.job_broker(team=scene.company.team, name="Åse")
    other = employers.job_broker(team=organisations.team(unit=scene.company.team.unit, name="Team Å"), name="Else")
    employers.promise(company=scene.company, due_on=TODAY - timedelta(days=2))
    employers.promise(company=scene.company, due_on=TODAY + timedelta(days=30), text="Senere")
    closed = employers.company(broker=scene.broker, name="Lukket", state=PartnerState.CLOSED)
    employers.promise(company=closed, due_on=TODAY)

    def due(user: User) -> list[tuple[str, int]]:
        with accounts.acting(user) as actor:
            found = selectors.due_promises(actor=actor, on=TODAY, until=TODAY + timedelta(days=7), most=5)
            return [(promise.text, promise.days_late) for promise in found]

    assert due(scene.broker) == due(colleague) == [("Ringe om mandagen", 2)]
    assert due(other) == []
