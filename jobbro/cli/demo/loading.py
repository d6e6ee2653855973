"""Building and writing the demo and the load set, and telling people how to log in."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from multiprocessing import get_context
from typing import Any

import psycopg
from django.contrib.auth.hashers import make_password

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.selectors import DEMO_FILE
from jobbro.cli.database import data_folder, owner_url

from .agreeing import add_way
from .applying import add_applications
from .calendar import DENMARK
from .coming import add_coming
from .content import danish_municipalities, organisation
from .courses import Course, Login, Situation, add_course, situation_of
from .employers import add_companies, employer_logins
from .ending import add_endings
from .facts import add_facts
from .filters import add_filters
from .finding import add_effort, add_opening_answers
from .inviting import add_invitations
from .job_courses import add_job_courses
from .key_persons import add_key_persons
from .looks import add_lists, add_looks, add_question, add_urgent_access
from .meeting import add_meeting
from .nights import first_night
from .offering import add_card
from .openings import add_openings
from .organisations import CORE_BLOCK, Place, core_places, load_places
from .partnering import add_partner, partner_logins
from .starting import add_start
from .tasks import add_tasks, add_work_wish
from .teaming import add_teaming
from .workers import Task, load_municipality, start
from .working import add_work
from .writing import Rows, write_rows

PASSWORD = "jobbro-demo"  # noqa: S105 - everybody may know it: it opens fictive data only
CORE_SIZE = 300
FIRST_LOAD_CITIZEN = 2_000_000
MOST_IN_A_MUNICIPALITY = 10_000
PROCESSES = 2
TELL_EVERY = 14
SITUATIONS = {
    Situation.NOT_BEGUN: "borger, er ikke begyndt endnu",
    Situation.HALF: "borger, er midt i dialogen (letlæst)",
    Situation.WAITING: "borger, skal sige ja til sine behov",
    Situation.NEEDS: "borger, har aftalt sine behov (engelsk)",
    Situation.PROPOSED: "borger, skal sige ja til sin plan",
    Situation.PLAN: "borger, har en plan, der er i gang",
}
ROLES = {
    Role.TEAM_LEAD: "teamleder",
    Role.CASEWORKER: "sagsbehandler",
    Role.JOB_BROKER: "jobformidler",
    Role.KEY_PERSON: "nøgleperson",
    Role.ADMINISTRATOR: "administrator",
    Role.ANALYST: "analytiker",
}


def load_demo(size: int) -> None:
    """The demo data are there, with the load set when `size` is more than 300, and their users are printed."""
    with psycopg.connect(owner_url()) as connection:
        if _holds_other_data(connection):
            print("Databasen har allerede data, som ikke er Jobbros eksempler. Der er ikke ændret noget.")
            return
        today = datetime.now(tz=DENMARK).date()
        password = make_password(PASSWORD)
        _load_core(connection, size=min(size, CORE_SIZE), password=password, today=today)
        if size > CORE_SIZE:
            _load_many(connection, size=size - CORE_SIZE, password=password, today=today)
    _tell_login_page()
    print(users_table())


def _tell_login_page() -> None:
    """The login page of the demo shows the same people; it reads them beside the data."""
    entries = [
        {"username": username, "password": password, "name": name, "who": who}
        for username, name, who, password in _users()
    ]
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / DEMO_FILE).write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")


def _holds_other_data(connection: "psycopg.Connection[Any]") -> bool:
    codes = _codes(connection)
    return bool(codes) and not codes & {town["code"] for town in organisation()["municipalities"]}


def _codes(connection: "psycopg.Connection[Any]") -> set[str]:
    return {code for (code,) in connection.execute("select code from organisations_municipality").fetchall()}


def _load_core(connection: "psycopg.Connection[Any]", *, size: int, password: str, today: date) -> None:
    if _codes(connection):
        return
    write_rows(connection, core_rows(size=size, password=password, today=today))
    connection.commit()
    first_night()
    _finish(connection)


def _load_many(connection: "psycopg.Connection[Any]", *, size: int, password: str, today: date) -> None:
    """Municipality by municipality, each in a transaction of its own; what is there already is left as it is."""
    known, shares = _codes(connection), _shares(size)
    tasks = [
        Task(number=number, citizens=shares[number], password=password, today=today, owner_url=owner_url())
        for number, town in enumerate(danish_municipalities())
        if town[0] not in known
    ]
    # Nothing of this connection stays open meanwhile: the seals wait for the oldest transaction.
    connection.commit()
    if tasks:
        _share_out(tasks)
    _finish(connection)


def _share_out(tasks: list[Task]) -> None:
    """Every municipality is loaded, some at a time, in fresh processes: no connection of this one is carried over."""
    processes, fresh = min(PROCESSES, os.cpu_count() or 1), get_context("spawn")
    with ProcessPoolExecutor(max_workers=processes, mp_context=fresh, initializer=start) as pool:
        try:
            for done, _ in enumerate(pool.map(load_municipality, tasks), start=1):
                if done % TELL_EVERY == 0:
                    print(f"{done} af {len(tasks)} kommuner er lagt ind.", flush=True)
        finally:
            # After Ctrl-C the municipalities under way are finished and the others wait for the next time.
            pool.shutdown(cancel_futures=True)


def _shares(size: int) -> tuple[int, ...]:
    """Citizens in each municipality, as evenly as the number allows."""
    count = len(danish_municipalities())
    return tuple(size // count + (number < size % count) for number in range(count))


def _finish(connection: "psycopg.Connection[Any]") -> None:
    """Logs sealed, and statistics fresh when there was something new to seal."""
    found = connection.execute("select audit_seal_logs()").fetchone()
    connection.commit()
    if found and found[0]:
        connection.autocommit = True
        connection.execute("analyze")
        connection.autocommit = False


def core_rows(*, size: int, password: str, today: date) -> Rows:
    """Every row of the three municipalities; the same for the same day, but for what is encrypted with local keys."""
    rows, taken = Rows(), set[str]()
    places = core_places(rows, password=password, today=today)
    partners = add_companies(rows, places=places, password=password, today=today)
    add_tasks(rows, partners=partners, today=today)
    add_openings(rows, partners=partners, today=today)
    add_key_persons(rows, today=today)
    courses: list[Course] = []
    for number, (place, situation, login) in enumerate(_core_citizens(places, size=size)):
        course = add_course(
            rows,
            block=CORE_BLOCK + 1 + number,
            situation=situation,
            place=place,
            password=password,
            today=today,
            taken=taken,
            login=login,
        )
        add_way(course)
        add_facts(course, may_keep=True)
        add_applications(course)
        add_work_wish(course)
        add_looks(course, most=8)
        courses.append(course)
    add_lists(courses)
    _add_incidents(courses, places=places)
    add_filters(rows, places=places, today=today)
    add_teaming(rows, courses, places=places, today=today)
    add_card(courses, partners=partners, today=today)
    add_meeting(courses, today=today)
    add_job_courses(courses, places=places, today=today)
    add_endings(courses, places=places, today=today)
    add_work(courses, today=today)
    add_start(courses, today=today)
    add_coming(courses, today=today)
    add_invitations(courses, today=today)
    add_partner(rows, courses, places=places, password=password, today=today)
    add_opening_answers(courses, today=today)
    add_effort(rows, courses, places=places, today=today)
    return rows


def _core_citizens(places: tuple[Place, ...], *, size: int) -> Iterator[tuple[Place, Situation, Login | None]]:
    """Those with a login first; the others go round the teams."""
    logins = [_login(found) for found in organisation()["citizens"]]
    for login in logins:
        yield places[0], login.situation, login
    teams = list(dict.fromkeys(place.team.pk for place in places))
    for number in range(max(0, size - len(logins))):
        # In a team of two municipalities the citizens take turns.
        here = [place for place in places if place.team.pk == teams[number % len(teams)]]
        situation = situation_of(number)
        is_to_be_agreed = situation == Situation.NEEDS and number % 9 == 0
        yield here[number // len(teams) % len(here)], Situation.PROPOSED if is_to_be_agreed else situation, None


def _login(found: dict[str, Any]) -> Login:
    return Login(
        username=found["username"],
        given=found["given"],
        family=found["family"],
        is_woman=found["woman"],
        persona=found["persona"],
        situation=Situation(found["situation"]),
        next_in=found["next_in"],
        is_easy=found.get("easy", False),
    )


def _add_incidents(courses: list[Course], *, places: tuple[Place, ...]) -> None:
    """What the team lead has to answer, and what has been answered."""
    logins = [course for course in courses if course.login is not None]
    if len(logins) < 6 or len(places) < 3:
        return
    colleague = places[1].caseworkers[0]
    add_urgent_access(logins[5], user=colleague, is_answered=False)
    add_urgent_access(logins[4], user=colleague, is_answered=True)
    key_person = places[0].key_persons[0]
    add_question(logins[5], user=key_person, role=Role.KEY_PERSON, is_answered=False)
    add_question(logins[4], user=logins[4].broker, role=Role.JOB_BROKER, is_answered=True)


def load_rows(*, number: int, citizens: int, password: str, today: date) -> Rows:
    """Every row of one of the 98 municipalities of the load set."""
    rows, taken = Rows(), set[str]()
    places = load_places(rows, number=number, citizens=citizens, password=password, today=today)
    first = FIRST_LOAD_CITIZEN + number * MOST_IN_A_MUNICIPALITY
    courses = []
    for citizen in range(citizens):
        course = add_course(
            rows,
            block=first + citizen,
            situation=situation_of(citizen),
            place=places[citizen % len(places)],
            password=password,
            today=today,
            taken=taken,
        )
        add_way(course)
        add_facts(course, may_keep=False)
        add_applications(course)
        add_looks(course, most=4)
        courses.append(course)
    add_lists(courses)
    return rows


def users_table() -> str:
    """Who to log in as, in aligned columns."""
    users = [(username, f"{name}, {who}", password) for username, name, who, password in _users()]
    lines = [("Brugernavn", "Rolle eller situation", "Adgangskode"), *users]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join(
        [
            "",
            "Alle personer og virksomheder er opdigtede. Log ind som:",
            "",
            shown[0],
            "-" * (sum(widths) + 4),
            *shown[1:],
            "",
        ]
    )


def _users() -> list[tuple[str, str, str, str]]:
    """Username, name, who they are, password."""
    found = organisation()
    staff = [
        (person["username"], person["name"], ROLES[Role(person["positions"][0]["role"])], PASSWORD)
        for person in found["staff"][: len(Role)]
    ]
    citizens = [
        (one["username"], f"{one['given']} {one['family']}", SITUATIONS[Situation(one["situation"])], PASSWORD)
        for one in found["citizens"]
    ]
    employers = [
        (username, name, f"arbejdsgiver, {company}", PASSWORD) for username, name, company in employer_logins()
    ]
    partners = [(username, name, f"samarbejdspartner, {where}", PASSWORD) for username, name, where in partner_logins()]
    return staff + citizens + employers + partners


def demo_usernames() -> tuple[str, ...]:
    """The accounts that the table names."""
    return tuple(name for name, *_ in _users())
