"""From file to people: a dry run first, every fault told, nothing twice, nothing kept afterwards."""

import io
from dataclasses import dataclass

import pytest
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Change, Event
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.enums import Channel
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.apps.imports import selectors, services
from jobbro.apps.imports.columns import ColumnsMissing
from jobbro.apps.imports.enums import BatchState, Fault, Kind, RowState
from jobbro.apps.imports.models import ImportBatch, ImportRow
from jobbro.apps.imports.tasks import forget_imports
from jobbro.apps.organisations.models import Team
from jobbro.apps.organisations.permissions import NotYours
from tests.factories import accounts, citizens, imports, organisations

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
STAFF = ("Brugernavn", "Navn", "Rolle", "Enhed", "Team")


@dataclass
class Place:
    team: Team
    boss: User
    lead: User

    @property
    def code(self) -> str:
        return organisations.municipality_of(self.team).code


@pytest.fixture
def here() -> Place:
    team = organisations.team()
    return Place(
        team=team,
        boss=accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit, name="Bo Admin"),
        lead=accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name="Line Leder"),
    )


def upload(actor: Actor, place: Place, file: io.BytesIO, *, kind: Kind = Kind.CITIZENS) -> services.Uploaded:
    new = services.NewBatch(
        kind=kind,
        municipality_code=place.code,
        team_id=place.team.pk if kind == Kind.CITIZENS else None,
        file_name="borgere.csv",
    )
    return services.check_upload(actor=actor, upload=new, file=file, at=NOW, on=TODAY)


def run(actor: Actor, batch_id) -> int:
    return services.run_import(actor=actor, batch_id=batch_id, at=NOW, on=TODAY)


def faults(batch_id) -> dict[int, dict[str, str]]:
    return {row.number: row.faults for row in ImportRow.objects.filter(batch=batch_id) if row.faults}


def states(batch_id) -> list[str]:
    return list(ImportRow.objects.filter(batch=batch_id).order_by("number").values_list("state", flat=True))


def test_a_dry_run_imports_nothing(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        uploaded = upload(actor, here, imports.csv_file(imports.people(3)))
        assert uploaded.is_new
        assert states(uploaded.batch_id) == [RowState.READY] * 3
        assert not Citizen.objects.exists()


def test_citizens_come_with_contact_course_and_contact_person(here: Place) -> None:
    mette = accounts.employee(team=here.team, username="meho")
    header = ("CPR", "Navn", "Adresse", "Postnr.", "By", "Kontaktform", "Beskyttet", "Letlæst", "Sagsbehandler")
    row = (imports.cpr(1), "Anna Mie Lund", "Vej 1", "9999", "Byen", "SMS", "ja", "nej", "MEHO")
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file([row], header=header)).batch_id
        assert run(actor, batch_id) == 1
        anna = Citizen.objects.get()
        assert (anna.name, anna.channel, anna.is_protected, anna.is_easy) == ("Anna Mie Lund", Channel.SMS, True, False)
        assert Cpr.decrypted(bytes(anna.cpr_cipher)).digits == imports.cpr(1)
        assert Contact.objects.get(citizen=anna).postcode == "9999"
        assert Case.objects.get(citizen=anna).team_id == here.team.pk
        assert CaseMember.objects.get(citizen=anna).user_id == mette.pk
        verbs = set(Event.objects.filter(citizen_id=anna.pk).values_list("verb", flat=True))
        assert verbs == {Verb.CITIZEN_REGISTERED, Verb.CASE_OPENED}


def test_an_administrator_imports_citizens_whom_the_team_then_sees(here: Place) -> None:
    mette = accounts.employee(team=here.team)
    with accounts.acting(here.boss) as actor:
        run(actor, upload(actor, here, imports.xlsx_file(imports.people(2))).batch_id)
    with accounts.acting(mette):
        assert Citizen.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("CPR", "310290-0000", Fault.CPR_DATE),
        ("CPR", "0102", Fault.CPR_DIGITS),
        ("CPR", "1,01E+09", Fault.CPR_SCIENTIFIC),
        ("CPR", "1.01E+09", Fault.CPR_SCIENTIFIC),
        ("CPR", "102031234", Fault.CPR_ZERO),
        ("CPR", "", Fault.EMPTY),
        ("CPR", "=A1", Fault.FORMULA),
        ("Fornavn", "x" * 100_000, Fault.TOO_LONG),
        ("Fornavn", "#N/A", Fault.EXCEL_ERROR),
        ("E-mail", "anna@", Fault.EMAIL),
        ("Telefon", "ring til mor", Fault.PHONE),
        ("Postnr", "99", Fault.POSTCODE),
        ("Kontaktform", "brevdue", Fault.CHANNEL),
        ("Letlæst", "måske", Fault.YES_NO),
        ("Team", "Hold Ukendt", Fault.TEAM),
        ("Sagsbehandler", "ukendt", Fault.COLLEAGUE),
    ],
)
def test_every_fault_is_told_with_its_column(here: Place, column: str, value: str, fault: Fault) -> None:
    good = {"CPR": imports.cpr(1), "Fornavn": "Anna", "Efternavn": "Lund"}
    row = {**good, column: value}
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file([list(row.values())], header=list(row))).batch_id
        assert list(faults(batch_id)[2].values()) == [fault]
        assert run(actor, batch_id) == 0


def test_text_beside_the_columns_is_told(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file([(*imports.people(1)[0], "a@b.dk", "mere")])).batch_id
        assert faults(batch_id)[2][""] == Fault.EXTRA


def test_emoji_and_right_to_left_text_survive(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        run(actor, upload(actor, here, imports.csv_file([(imports.cpr(1), "Anna 🦊", "ליבי", "", "")])).batch_id)
        assert Citizen.objects.get().name == "Anna 🦊 ליבי"


def test_a_lost_zero_is_proposed_and_never_written_by_itself(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file([("102031234", "Anna", "Lund", "", "")])).batch_id
        row = selectors.row_page(actor=actor, batch_id=batch_id, number=2).row
        assert row.values["cpr"] == "102031234"
        assert row.troubles[0].proposal == "0102031234"
        mended = services.correct_row(
            actor=actor, batch_id=batch_id, number=2, values={**row.values, "cpr": "0102031234"}, on=TODAY
        )
        assert mended.state == RowState.READY
        assert run(actor, batch_id) == 1


def test_the_same_person_twice_in_a_file_is_told_and_can_be_mended(here: Place) -> None:
    rows = [*imports.people(2), *imports.people(1)]
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file(rows)).batch_id
        assert faults(batch_id) == {4: {"cpr": Fault.TWICE}}
        services.skip_row(actor=actor, batch_id=batch_id, number=2, on=TODAY)
        assert states(batch_id) == [RowState.SKIPPED, RowState.READY, RowState.READY]
        assert run(actor, batch_id) == 2


def test_people_who_are_there_already_are_left_as_they_are(here: Place) -> None:
    old = citizens.citizen(team=here.team, number=Cpr.read(imports.cpr(1)), given_name="Gamle")
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file(imports.people(2))).batch_id
        assert states(batch_id) == [RowState.KNOWN, RowState.READY]
        assert run(actor, batch_id) == 1
        assert Citizen.objects.get(pk=old.pk).given_name == "Gamle"


def test_somebody_registered_after_the_dry_run_is_not_made_twice(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file(imports.people(2))).batch_id
    citizens.citizen(team=here.team, number=Cpr.read(imports.cpr(1)))
    with accounts.acting(here.lead) as actor:
        assert run(actor, batch_id) == 1
        assert Citizen.objects.count() == 2


def test_the_same_file_twice_makes_no_second_copy(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        first = upload(actor, here, imports.csv_file(imports.people(2)))
        again = upload(actor, here, imports.csv_file(imports.people(2)))
        assert (again.batch_id, again.is_new) == (first.batch_id, False)
        run(actor, first.batch_id)
        third = upload(actor, here, imports.csv_file(imports.people(2)))
        assert (third.batch_id, third.is_new) == (first.batch_id, False)
        other_make = upload(actor, here, imports.xlsx_file(imports.people(2)))
        assert states(other_make.batch_id) == [RowState.KNOWN] * 2
        assert run(actor, other_make.batch_id) == 0
        assert Citizen.objects.count() == 2


def test_the_same_file_of_a_colleague_is_told_apart(here: Place) -> None:
    other = accounts.employee(role=Role.TEAM_LEAD, unit=here.team.unit, name="Lars Leder")
    with accounts.acting(here.lead) as actor:
        upload(actor, here, imports.csv_file(imports.people(2)))
    with accounts.acting(other) as actor, pytest.raises(services.ImportedElsewhere):
        upload(actor, here, imports.csv_file(imports.people(2)))


def test_after_the_run_nothing_of_what_the_rows_said_is_kept(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file(imports.people(2))).batch_id
        before = ImportRow.objects.filter(batch=batch_id).first()
        assert b"Anna" not in bytes(before.cipher)
        run(actor, batch_id)
        rows = ImportRow.objects.filter(batch=batch_id)
        assert [(row.cipher, row.identity, row.faults) for row in rows] == [(None, None, {})] * 2
        assert ImportBatch.objects.get(pk=batch_id).state == BatchState.DONE
        assert not Change.objects.filter(table_name="imports_importrow").exists()
        with pytest.raises(services.BatchEnded):
            run(actor, batch_id)


def test_one_wrong_row_of_many_waits_while_the_others_are_imported(here: Place) -> None:
    rows = imports.people(20)
    rows[7] = ("3102900000", *rows[7][1:])
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file(rows)).batch_id
        assert faults(batch_id) == {9: {"cpr": Fault.CPR_DATE}}
        assert run(actor, batch_id) == 19
        page = selectors.batch_page(actor=actor, batch_id=batch_id, state="", number=1)
        assert page.is_open
        assert page.page.object_list[0].number == 9
        values = {**page.page.object_list[0].values, "cpr": imports.cpr(8)}
        services.correct_row(actor=actor, batch_id=batch_id, number=9, values=values, on=TODAY)
        assert run(actor, batch_id) == 1
        assert Citizen.objects.count() == 20
        assert ImportBatch.objects.get(pk=batch_id).state == BatchState.DONE


def test_what_is_left_can_be_dropped_and_is_forgotten(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file([("1", "A", "B", "", ""), *imports.people(1)])).batch_id
        services.end_batch(actor=actor, batch_id=batch_id, at=NOW)
        assert states(batch_id) == [RowState.SKIPPED] * 2
        assert not ImportRow.objects.filter(cipher__isnull=False).exists()


def test_what_nobody_imported_is_forgotten_by_the_worker(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file(imports.people(2))).batch_id
    with acting_as(SYSTEM_ACTOR):
        assert services.forget_old_imports(before=NOW) == 0
        assert services.forget_old_imports(before=NOW + timezone.timedelta(seconds=1)) == 2
    with accounts.acting(here.lead):
        assert not ImportRow.objects.filter(batch=batch_id, cipher__isnull=False).exists()


def test_wrong_columns_store_nothing(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        with pytest.raises(ColumnsMissing):
            upload(actor, here, imports.csv_file([("1", "2")], header=("Alder", "Fornavn")))
        assert not ImportBatch.objects.exists()


def test_batches_are_seen_by_the_uploader_and_administrators_only(here: Place) -> None:
    peer = accounts.employee(role=Role.TEAM_LEAD, unit=here.team.unit, name="Lars")
    stranger = accounts.employee(role=Role.ADMINISTRATOR, unit=organisations.unit(), name="Fremmed")
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, imports.csv_file(imports.people(1))).batch_id
    for user, seen in ((here.lead, 1), (here.boss, 1), (peer, 0), (stranger, 0)):
        with accounts.acting(user) as actor:
            assert (ImportBatch.objects.count(), ImportRow.objects.count()) == (seen, seen)
            assert bool(selectors.batch_page(actor=actor, batch_id=batch_id, state="", number=1)) == bool(seen)
            if not seen:
                with pytest.raises(NotYours):
                    run(actor, batch_id)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.JOB_BROKER, Role.KEY_PERSON, Role.ANALYST])
def test_other_roles_import_nothing(here: Place, role: Role) -> None:
    other = accounts.employee(role=role, unit=here.team.unit)
    with accounts.acting(other) as actor, pytest.raises(NotYours):
        upload(actor, here, imports.csv_file(imports.people(1)))


def test_a_team_lead_imports_neither_colleagues_nor_to_a_foreign_team(here: Place) -> None:
    elsewhere = organisations.team(unit=organisations.unit(*here.team.unit.municipalities.all(), name="Anden"))
    with accounts.acting(here.lead) as actor:
        with pytest.raises(NotYours):
            upload(actor, here, imports.csv_file([], header=STAFF), kind=Kind.STAFF)
        with pytest.raises(services.TeamNeeded):
            upload(actor, Place(team=elsewhere, boss=here.boss, lead=here.lead), imports.csv_file(imports.people(1)))


def test_colleagues_come_with_account_and_role(here: Place) -> None:
    accounts.employee(team=organisations.team(), username="taget")
    rows = [
        ("anan", "Anna Andersen", "Sagsbehandler", "job og støtte", "Team Havn"),
        ("BOBO", "Bo Bosen", "Nøgleperson", "Job og Støtte", ""),
        ("taget", "Findes Allerede", "Analytiker", "Job og Støtte", ""),
        ("forkert", "For Kert", "Borgmester", "Ukendt", ""),
    ]
    with accounts.acting(here.boss) as actor:
        batch_id = upload(actor, here, imports.csv_file(rows, header=STAFF), kind=Kind.STAFF).batch_id
        assert states(batch_id) == [RowState.READY, RowState.READY, RowState.KNOWN, RowState.WRONG]
        assert faults(batch_id)[5] == {"role": Fault.ROLE, "unit": Fault.UNIT}
        assert run(actor, batch_id) == 2
        anna = User.objects.get(username="anan")
        assert anna.must_change_password
        assert not anna.has_usable_password()
        assert Position.objects.get(user=anna).team_id == here.team.pk
        assert User.objects.filter(username="bobo").exists()


def test_five_thousand_rows_check_in_seconds_and_run_in_half_a_minute(here: Place) -> None:
    from time import perf_counter

    with accounts.acting(here.lead) as actor:
        began = perf_counter()
        batch_id = upload(actor, here, imports.csv_file(imports.people(5_000))).batch_id
        read = perf_counter() - began
        assert run(actor, batch_id) == 5_000
        ran = perf_counter() - began - read
        assert Citizen.objects.count() == 5_000
    print(f"5,000 rows: checked in {read:.1f} s, imported in {ran:.1f} s")
    assert read < 10
    assert ran < 30


def test_the_nightly_job_keeps_what_is_younger_than_a_month(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        upload(actor, here, imports.csv_file(imports.people(1)))
    forget_imports(timestamp=0)
    with accounts.acting(here.lead):
        assert ImportRow.objects.filter(cipher__isnull=False).count() == 1
