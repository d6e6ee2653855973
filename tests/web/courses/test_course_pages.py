"""Pages of courses: the catalogue, a session, a person's seat, with all their answers."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.courses.enums import SeatState
from jobbro.apps.courses.models import Course, Enrolment, Lesson, Material, Session
from jobbro.apps.courses.stamps import seen_row, seen_seat
from tests.factories import accounts, citizens, courses, organisations
from tests.factories.accounts import acting, log_in
from tests.factories.rows import rows_of, run
from tests.journeys.workshop import words_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
EARLIER = "begins_at = begins_at - interval '40 days', ends_at = ends_at - interval '40 days'"


class School:
    """A course with room for two, Anna who has a login, Mette who works with her, and Karin who runs the session."""

    def __init__(self) -> None:
        self.team = organisations.team()
        self.mette = accounts.employee(team=self.team)
        self.karin = accounts.employee(team=self.team, role=Role.KEY_PERSON, name="Karin Bro")
        self.anna = citizens.citizen(team=self.team, lead=self.mette, has_login=True)
        municipality = organisations.municipality_of(self.team)
        self.course = courses.course(by=self.mette, municipality=municipality)
        self.material = courses.material(course=self.course, by=self.mette)
        self.session = courses.session(course=self.course, by=self.mette, responsible=self.karin)
        self.desk, self.own, self.runner = (log_in(Client(), who) for who in (self.mette, self.anna.user, self.karin))

    def seat(self, state: SeatState = SeatState.SEAT, **fields: object) -> Enrolment:
        return courses.enrolment(session=self.session, citizen=self.anna, by=self.mette, state=state, **fields)

    def has_been(self) -> None:
        run("update courses_session set begins_at = now() - interval '9 days', ends_at = now() - interval '1 day'")
        run(f"update courses_lesson set {EARLIER}")


@pytest.fixture
def school() -> School:
    return School()


def now(enrolment: Enrolment) -> str:
    return rows_of("select state from courses_enrolment where id = $1::uuid", value=enrolment.pk)[0].state


def seen(school: School, enrolment: Enrolment) -> str:
    with acting(school.mette):
        return seen_seat(Enrolment.objects.get(pk=enrolment.pk))


def session_form(**changes: object) -> dict[str, object]:
    first = (TODAY + timedelta(days=20)).strftime("%d.%m.%Y")
    second = (TODAY + timedelta(days=27)).strftime("%d-%m-%Y")
    return {
        "lessons": f"{first} 9.30-12\n{second}, kl. 9:30 til 12.00",
        "place": "Biblioteket",
        "seats": "8",
        "enrol_by": (TODAY + timedelta(days=18)).isoformat(),
        "confirm_days": "3",
        "access": ["step_free"],
        "access_note": "",
        **changes,
    }


def course_form(**changes: object) -> dict[str, object]:
    return {
        "title_da": "Samtalen om job",
        "text_da": "Vi øver samtalen.",
        "easy_da": "Vi øver. Du siger til.",
        "aims_da": "Du kan sige, hvad der hjælper dig.",
        "length": "2 formiddage",
        "run_by": "Job og Støtte",
        "areas": ["speaking"],
        **changes,
    }


def test_a_course_is_added_planned_and_seen_by_citizens(school) -> None:
    answer = school.desk.post(reverse("course_add"), course_form())
    assert answer.status_code == 302
    with acting(school.mette):
        made = Course.objects.get(title_da="Samtalen om job")
    planned = school.desk.post(reverse("session_add", args=[made.pk]), session_form(responsible=str(school.karin.pk)))
    assert planned.status_code == 302, planned.context["form"].errors
    with acting(school.mette):
        session = Session.objects.get(course=made)
        hours = [
            (one.begins_at.astimezone(timezone.get_default_timezone()).hour, one.ends_at - one.begins_at)
            for one in Lesson.objects.filter(session=session)
        ]
    assert hours == [(9, timedelta(hours=2.5))] * 2
    page = school.own.get(reverse("course", args=[made.pk]))
    assert "Biblioteket" in page.content.decode()
    assert reverse("enrol", args=[school.anna.pk]) in page.content.decode()
    assert "Samtalen om job" in school.own.get(reverse("courses")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lessons": "i morgen"}, "lessons"),
        ({"lessons": "28.03.2027 02.30-04.00"}, "lessons"),
        ({"lessons": "12.01.2020 9-12"}, "lessons"),
        ({"lessons": "31.02.2027 9-12"}, "lessons"),
        ({"lessons": "12.01.2027 12.00-9.00"}, "lessons"),
        ({"seats": "0"}, "seats"),
        ({"seats": "mange"}, "seats"),
        ({"seats": "99999"}, "seats"),
        ({"confirm_days": "0"}, "confirm_days"),
        ({"enrol_by": "2099-01-01"}, "enrol_by"),
        ({"responsible": ""}, "responsible"),
        ({"place": "Hos 010190-1234"}, "place"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(school, changes, field) -> None:
    sent = session_form(responsible=str(school.karin.pk)) | changes
    answer = school.desk.post(reverse("session_add", args=[school.course.pk]), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert str(sent["place"]) in answer.content.decode()


def test_only_keepers_keep_the_catalogue(school) -> None:
    broker = log_in(Client(), accounts.employee(team=school.team, role=Role.JOB_BROKER))
    assert broker.get(reverse("course_add")).status_code == 403
    assert school.own.get(reverse("course_add")).status_code == 403
    assert school.runner.get(reverse("course_add")).status_code == 200


def test_another_municipality_sees_no_course_of_ours(school) -> None:
    stranger = log_in(Client(), accounts.employee(team=organisations.team()))
    for url in ("course", "course_change", "session_add"):
        assert stranger.get(reverse(url, args=[school.course.pk])).status_code == 404
    assert stranger.get(reverse("session", args=[school.session.pk])).status_code == 404
    assert stranger.get(reverse("course_material", args=[school.material.pk])).status_code == 404


def test_two_who_change_the_same_course(school) -> None:
    with acting(school.mette):
        mark = seen_row(Course.objects.get(pk=school.course.pk))
    url = reverse("course_change", args=[school.course.pk])
    assert school.desk.post(url, course_form(seen=mark)).status_code == 302
    late = school.runner.post(url, course_form(title_da="Noget andet", seen=mark))
    assert late.status_code == 409
    assert "Noget andet" in late.content.decode()


def test_something_to_read_is_added_and_taken_away(school) -> None:
    url = reverse("course_material_add", args=[school.course.pk])
    assert school.desk.post(url, {"title_da": "Tom"}).status_code == 422
    assert school.desk.post(url, {"title_da": "Link", "link": "http://usikker.dk"}).status_code == 422
    assert school.desk.post(url, {"title_da": "Før du går", "text_da": "Tag noget at drikke med."}).status_code == 302
    with acting(school.mette):
        made = Material.objects.get(title_da="Før du går")
    assert "Tag noget at drikke med." in school.own.get(reverse("course_material", args=[made.pk])).content.decode()
    sent = {"title_da": "Før du går", "text_da": "x", "is_removed": "on", "seen": seen_row(made)}
    assert school.desk.post(reverse("course_material_change", args=[made.pk]), sent).status_code == 302
    assert school.own.get(reverse("course_material", args=[made.pk])).status_code == 404


def test_a_citizen_asks_leaves_and_undoes_it(school) -> None:
    url = reverse("enrol", args=[school.anna.pk])
    wish = {"session": str(school.session.pk), "name": "Anna", "wants": ["interpreter"], "needs_words": "Tolk"}
    assert school.own.post(url, wish).status_code == 302
    (row,) = rows_of("select * from courses_enrolment")
    assert (row.state, row.wants) == ("applied", ["interpreter"])
    with acting(school.mette):
        enrolment = Enrolment.objects.get()
    page = school.own.get(reverse("enrolment", args=[enrolment.pk]))
    assert "Karin Bro" in page.content.decode()
    # The session does not offer an interpreter yet, and the page says so.
    assert list(page.context["missing"]) and page.context["page"].missing == ("interpreter",)
    left = school.own.post(
        reverse("enrolment_leave", args=[enrolment.pk]), {"reason": "time", "seen": seen(school, enrolment)}
    )
    assert left.status_code == 302
    assert now(enrolment) == SeatState.LEFT
    back = school.own.post(reverse("enrolment_return", args=[enrolment.pk]), {"seen": seen(school, enrolment)})
    assert back.status_code == 302
    assert now(enrolment) == SeatState.APPLIED


def test_staff_answer_and_give_seats(school) -> None:
    asked = school.seat(SeatState.APPLIED)
    url = reverse("enrolment_answer", args=[asked.pk])
    assert school.own.post(url, {"answer": "yes", "seen": seen(school, asked)}).status_code == 302
    assert now(asked) == SeatState.APPLIED
    school.desk.post(url, {"answer": "yes", "seen": "old"})
    assert now(asked) == SeatState.APPLIED
    school.desk.post(url, {"answer": "yes", "seen": seen(school, asked)})
    assert now(asked) == SeatState.SEAT


def test_an_offer_is_answered_on_the_own_page(school) -> None:
    offered = school.seat(SeatState.OFFERED)
    assert "panel-now" in school.own.get(reverse("my_courses", args=[school.anna.pk])).content.decode()
    school.own.post(reverse("enrolment_answer", args=[offered.pk]), {"answer": "yes", "seen": seen(school, offered)})
    assert now(offered) == SeatState.SEAT


def test_whoever_runs_the_session_sees_the_list_and_the_look_is_recorded(school) -> None:
    seat = school.seat()
    page = school.runner.get(reverse("session", args=[school.session.pk]))
    assert "Jeg skal kunne sidde tæt på døren." in page.content.decode()
    assert "Lund" not in page.content.decode()
    one = school.runner.get(reverse("enrolment", args=[seat.pk]))
    assert one.status_code == 200
    assert "Lund" not in one.content.decode()
    looks = rows_of("select view, actor_id from audit_look where $1::uuid = any(citizen_ids)", value=school.anna.pk)
    assert {(look.view, look.actor_id) for look in looks} >= {
        ("session", str(school.karin.pk)),
        ("enrolment", str(school.karin.pk)),
    }
    # The file itself stays closed.
    assert school.runner.get(reverse("citizen", args=[school.anna.pk])).status_code == 404
    assert school.runner.get(reverse("my_courses", args=[school.anna.pk])).status_code == 404


def test_attendance_end_outcome_and_certificate(school) -> None:
    seat = school.seat()
    school.has_been()
    url = reverse("session_attendance", args=[school.session.pk])
    assert school.runner.get(url).status_code == 200
    sent = school.runner.post(url, {f"seat_{seat.pk.hex}": "away_told"})
    assert sent.status_code == 302
    (there,) = rows_of("select presence from courses_attendance")
    assert there.presence == "away_told"
    pdf = reverse("certificate_pdf", args=[seat.pk])
    assert school.own.get(pdf).status_code == 404
    finish = reverse("enrolment_finish", args=[seat.pk])
    assert school.runner.post(finish, {"how": "complete", "seen": seen(school, seat)}).status_code == 302
    assert now(seat) == SeatState.COMPLETED
    outcome = reverse("enrolment_outcome", args=[seat.pk])
    assert school.own.post(outcome, {"outcome-words": ""}).status_code == 422
    told = {"outcome-words": "Jeg tør ringe nu.", "outcome-next_step": "Skrive til to steder"}
    assert school.own.post(outcome, told).status_code == 302
    answer = school.own.get(pdf)
    words = words_in(pikepdf.open(io.BytesIO(answer.content)))
    assert "AnnaLund" in words and "Søgjobpådinmåde" in words and "fortælle,hvadderhjælper" in words
    for kept in ("døren", "pauser", "ringenu", "ikke", "Tale"):
        assert kept not in words
    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo["/Title"]).startswith("Kursusbevis") or "Certificate" in str(opened.docinfo["/Title"])
    # Whoever only runs the session has no certificates to print.
    assert school.runner.get(pdf).status_code == 404


def test_a_session_is_called_off_and_everybody_told(school) -> None:
    seat = school.seat()
    with acting(school.mette):
        mark = seen_row(Session.objects.get(pk=school.session.pk))
    url = reverse("session_cancel", args=[school.session.pk])
    assert school.desk.post(url, {"why": "", "seen": mark}).status_code == 422
    assert school.desk.post(url, {"why": "Underviseren er syg", "seen": mark}).status_code == 302
    assert now(seat) == SeatState.LEFT
    assert len(rows_of("select key from outbox_message where citizen_id = $1::uuid", value=school.anna.pk)) == 1
    page = school.own.get(reverse("enrolment", args=[seat.pk])).content.decode()
    assert "Underviseren er syg" in page
    assert school.own.post(reverse("enrolment_return", args=[seat.pk]), {"seen": "x"}).status_code == 302
    assert now(seat) == SeatState.LEFT


def test_a_changed_session_tells_those_who_come(school) -> None:
    school.seat()
    with acting(school.mette):
        mark = seen_row(Session.objects.get(pk=school.session.pk))
    url = reverse("session_change", args=[school.session.pk])
    sent = session_form(responsible=str(school.karin.pk), place="Kulturhuset", seen=mark)
    assert school.desk.post(url, sent | {"seats": "0"}).status_code == 422
    assert school.desk.post(url, sent).status_code == 302
    (told,) = rows_of("select key from outbox_message where citizen_id = $1::uuid", value=school.anna.pk)
    assert ":changed:" in told.key
    assert school.desk.post(url, sent).status_code == 409


def test_strangers_find_nobody(school) -> None:
    seat = school.seat()
    other = citizens.citizen(team=school.team, has_login=True, given_name="Bo")
    stranger = log_in(Client(), accounts.employee(team=organisations.team(unit=school.team.unit, name="Team Skov")))
    for client in (log_in(Client(), other.user), stranger):
        for name in ("enrolment", "enrolment_leave", "enrolment_change", "certificate_pdf"):
            assert client.get(reverse(name, args=[seat.pk])).status_code == 404
        assert client.get(reverse("my_courses", args=[school.anna.pk])).status_code == 404


def test_the_file_and_the_plan_lead_to_the_courses(school) -> None:
    url = reverse("my_courses", args=[school.anna.pk])
    for client in (school.desk, school.own):
        assert url in client.get(reverse("citizen", args=[school.anna.pk])).content.decode()


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len([one for one in caught.captured_queries if not re.match(r"(SAVEPOINT|RELEASE)", one["sql"])])


def test_queries_do_not_grow_with_people_or_courses(school) -> None:
    urls = [
        (school.desk, reverse("courses")),
        (school.desk, reverse("session", args=[school.session.pk])),
        (school.own, reverse("my_courses", args=[school.anna.pk])),
    ]
    school.seat()
    before = [queries(client, url) for client, url in urls]
    run("update courses_session set seats = 50 where id = $1::uuid", value=school.session.pk)
    for number in range(5):
        person = citizens.citizen(team=school.team, given_name=f"Bo{number}")
        courses.enrolment(session=school.session, citizen=person, by=school.mette)
        more = courses.course(by=school.mette, municipality=school.course.municipality, title_da=f"Kursus {number}")
        later = courses.session(course=more, by=school.mette)
        courses.enrolment(session=later, citizen=school.anna, by=school.mette, state=SeatState.WAITING)
    assert [queries(client, url) for client, url in urls] == pytest.approx(before, abs=1)
    assert max(before) <= 24
