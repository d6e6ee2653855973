"""The login pages: clear answers, nothing typed is lost, no way out of the house."""

import re

import pytest
from django.test import Client

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Event
from tests.factories import accounts, organisations
from tests.factories.rows import write

pytestmark = pytest.mark.django_db
PASSWORD = accounts.PASSWORD


@pytest.fixture
def mette() -> User:
    return accounts.employee(team=organisations.team(), username="mette", password=PASSWORD)


def send(client: Client, *, password: str = PASSWORD, username: str = "mette", **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def test_login_opens_a_new_session_and_is_in_the_log(client: Client, mette: User) -> None:
    client.get("/login/")
    before = client.session.session_key
    answer = send(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session.session_key != before
    with acting_as(mette.pk):
        assert Event.objects.filter(verb=Verb.LOGGED_IN, actor_id=mette.pk).exists()
        assert User.objects.get(pk=mette.pk).last_login is not None


def test_a_wrong_password_comes_back_with_the_name_and_without_the_password(client: Client, mette: User) -> None:
    answer = send(client, password="forkert-kode")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mette"' in text
    assert "forkert-kode" not in text


def test_an_unknown_name_gets_the_same_page(client: Client, mette: User) -> None:
    wrong, unknown = send(client, password="x"), send(client, username="ukendt", password="x")
    pages = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in (wrong, unknown)]
    pages = [re.sub(r"X-CSRFToken[^}]*", "", page) for page in pages]
    assert pages[0] == pages[1]


def test_after_five_failures_the_page_says_how_long_to_wait(client: Client, mette: User) -> None:
    for _ in range(5):
        assert send(client, password="x").status_code == 422
    answer = send(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "15 min" in answer.content.decode()


def test_a_failed_login_is_kept_in_the_log(client: Client, mette: User) -> None:
    send(client, password="x")
    with acting_as(SYSTEM_ACTOR):
        assert Event.objects.filter(verb=Verb.LOGIN_FAILED).count() == 1


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "/no/such/page/"]
)
def test_next_never_leads_out_of_the_house(client: Client, mette: User, target: str) -> None:
    assert send(client, next=target).headers["Location"] == "/"


def test_next_inside_the_house_is_followed(client: Client, mette: User) -> None:
    assert send(client, next="/password/change/?a=1").headers["Location"] == "/password/change/?a=1"


def test_what_was_typed_comes_through_an_expired_session(client: Client, mette: User) -> None:
    typed = {"old": "ord for ord", "new": 'med "tegn" <b>', "username": "et felt", "form_token": "1"}
    refused = client.post("/password/change/", typed)
    assert refused.status_code == 401
    fields = re.findall(r'name="carried_field" value="([^"]*)"', refused.content.decode())
    assert fields == ["old", "new", "username", "form_token"]
    answer = send(client, carried_path="/password/change/", carried_field=fields, carried_value=list(typed.values()))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'action="/password/change/"' in text
    assert 'name="username" value="et felt"' in text
    assert "med &quot;tegn&quot; &lt;b&gt;" in text


def test_a_wrong_password_on_the_way_keeps_what_was_typed(client: Client, mette: User) -> None:
    answer = send(client, password="x", carried_path="/password/change/", carried_field="old", carried_value="ord")
    assert answer.status_code == 422
    assert 'name="carried_value" value="ord"' in answer.content.decode()


@pytest.mark.parametrize("path", ["https://example.org/", "//example.org/x", "/nothing/here/", "/login/", "/logout/"])
def test_a_carried_path_that_is_not_ours_is_dropped(client: Client, mette: User, path: str) -> None:
    answer = send(client, carried_path=path, carried_field="a", carried_value="b")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_logging_out_is_a_button(client: Client, mette: User) -> None:
    accounts.log_in(client, mette)
    client.get("/logout/")
    assert "_auth_user_id" in client.session
    client.post("/logout/")
    assert "_auth_user_id" not in client.session


def test_a_handed_out_password_opens_nothing_but_the_choice_of_an_own(client: Client) -> None:
    from django.contrib.auth.hashers import make_password

    unit = organisations.unit()
    ny = write(
        User(
            username="ny", kind="staff", display_name="Ny", password=make_password("uddelt"), must_change_password=True
        )
    )
    accounts.position(user=ny, role="caseworker", unit=unit)
    assert send(client, username="ny", password="uddelt").headers["Location"] == "/login/first-password/"
    assert client.get("/password/change/").status_code == 302
    refused = client.post("/login/first-password/", {"new": "uddelt", "again": "uddelt"})
    assert refused.status_code == 422
    answer = client.post("/login/first-password/", {"new": "grøn-sko-lampe-fjord", "again": "grøn-sko-lampe-fjord"})
    assert answer.headers["Location"] == "/"
    assert client.get("/password/change/").status_code == 200


def test_the_first_password_page_without_a_login_leads_to_the_login(client: Client) -> None:
    assert client.get("/login/first-password/").headers["Location"] == "/login/"


def test_changing_the_password_keeps_this_browser_logged_in(client: Client, mette: User) -> None:
    accounts.log_in(client, mette)
    new = "grøn-sko-lampe-fjord"
    assert client.post("/password/change/", {"old": "x", "new": new, "again": new}).status_code == 422
    assert client.post("/password/change/", {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert client.get("/password/change/").status_code == 200


def test_language_and_reading_level_are_remembered_here_and_on_the_account(client: Client, mette: User) -> None:
    accounts.log_in(client, mette)
    client.post("/language/set/", {"language": "en", "next": "/password/change/"})
    client.post("/easy/set/", {"easy": "on", "next": "https://example.org"})
    assert 'lang="en"' in client.get("/password/change/").content.decode()
    with acting_as(mette.pk):
        kept = User.objects.get(pk=mette.pk)
        assert (kept.language, kept.is_easy) == ("en", True)
    other = Client()
    answer = send(other)
    assert answer.cookies["django_language"].value == "en"
    assert answer.cookies["jobbro_easy"].value == "1"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert "django_language" not in client.post("/language/set/", {"language": "xx"}).cookies


def test_the_demo_shows_its_people(client: Client, settings, tmp_path) -> None:
    settings.DEMO, settings.DATA = True, tmp_path
    (tmp_path / "demo-users.json").write_text(
        '[{"username": "mette", "password": "demo", "name": "Mette Holm", "who": "Sagsbehandler"}]', encoding="utf-8"
    )
    assert "Mette Holm" in client.get("/login/").content.decode()
    settings.DEMO = False
    assert "Mette Holm" not in client.get("/login/").content.decode()
