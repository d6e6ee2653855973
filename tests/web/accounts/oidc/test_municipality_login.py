"""Login through a real identity provider: who gets in, who does not and why, and what is kept."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from config.settings.oidc import LOCAL_BACKEND, PROVIDER_BACKEND
from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from tests.factories import accounts, employers, organisations
from tests.factories.rows import rows_of, run

from .conftest import Visit, free_port
from .provider import CLIENT_ID, OTHERS, OURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def mette() -> User:
    return known_as("mette", accounts.employee(team=organisations.team(), username="mette.holm"))


def known_as(subject: str, user: User) -> User:
    run(f"update accounts_user set subject = '{subject}' where id = $1::uuid", value=user.pk)
    return user


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def refusals() -> list[str | None]:
    found = rows_of("select detail from audit_event where verb = $1 order by id", value=Verb.LOGIN_FAILED)
    return [event.detail.get("reason") for event in found]


def parameter(address: str, name: str) -> str:
    return parse_qs(urlsplit(address).query)[name][0]


def test_an_employee_gets_in_with_a_new_session_and_the_log_says_so(client: Client, mette: User, visit: Visit) -> None:
    back = visit(client, "mette", to="/help/?a=1")
    before = client.session.session_key
    answer = client.get(back)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/help/?a=1")
    assert client.session["_auth_user_id"] == str(mette.pk)
    assert client.session.session_key != before
    assert answer.cookies["jobbro_easy"].value == "0"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert rows_of("select 1 from audit_event where verb = 'logged_in' and actor_id = $1::uuid", value=mette.pk)
    assert rows_of("select last_login from accounts_user where id = $1::uuid", value=mette.pk)[0].last_login
    assert client.get("/").status_code == 200


def test_the_way_out_asks_for_level_state_nonce_and_pkce(client: Client, municipality_login) -> None:
    away = client.get("/login/municipality/").headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert away.startswith(municipality_login.OIDC_OP_AUTHORIZATION_ENDPOINT)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == [" ".join(municipality_login.OIDC_ACR_VALUES)]
    assert asked["redirect_uri"] == ["http://testserver/login/municipality/return/"]
    assert len(asked["state"][0]) >= 32 and len(asked["nonce"][0]) >= 32


def test_no_token_is_kept(client: Client, mette: User, visit: Visit) -> None:
    client.get(visit(client, "mette"))
    assert "eyJ" not in str(dict(client.session.items()))


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/", "/\\example.org", "/logout/", "/no/such/"]
)
def test_next_never_leads_out_of_the_house(client: Client, mette: User, visit: Visit, target: str) -> None:
    assert client.get(visit(client, "mette", to=target)).headers["Location"] == "/"


def test_a_citizen_needs_no_workplace(client: Client, visit: Visit) -> None:
    known_as("borger", accounts.account(name="Anna Berg", kind=Kind.CITIZEN))
    assert client.get(visit(client, "borger")).status_code == 302
    assert is_logged_in(client)


def test_the_same_e_mail_and_name_open_nothing(client: Client, mette: User, visit: Visit) -> None:
    run(
        "update accounts_user set email = 'mette@kommune.example', username = 'fremmed' where id = $1::uuid",
        value=mette.pk,
    )
    before = len(rows_of("select id from accounts_user"))
    answer = client.get(visit(client, "fremmed"))
    text = answer.content.decode()
    assert answer.status_code == 401
    assert "administrator" in text and "<code>fremmed</code>" in text
    assert not is_logged_in(client)
    assert len(rows_of("select id from accounts_user")) == before
    assert refusals() == ["unknown"]


def test_a_closed_account_gets_the_same_answer_as_none(client: Client, visit: Visit) -> None:
    closed = known_as("lukket", accounts.employee(team=organisations.team()))
    run("update accounts_user set is_active = false where id = $1::uuid", value=closed.pk)
    answer = client.get(visit(client, "lukket"))
    assert answer.status_code == 401
    assert "<code>lukket</code>" in answer.content.decode()
    assert refusals() == ["unknown"]


@pytest.mark.parametrize(
    ("name", "reason"), [("svag", "level"), ("uden-niveau", "level"), ("anden-kommune", "organisation")]
)
def test_level_and_workplace_must_be_right(client: Client, visit: Visit, name: str, reason: str) -> None:
    known_as(name, accounts.employee(team=organisations.team()))
    answer = client.get(visit(client, name))
    assert answer.status_code == 401
    assert name not in answer.content.decode()
    assert not is_logged_in(client)
    assert refusals() == [reason]


def test_somebody_at_a_company_logs_in_for_it_or_as_a_private_person(client: Client, visit: Visit) -> None:
    company = employers.company(cvr=OTHERS)
    for name in ("anden-kommune", "borger"):
        known_as(name, employers.employer_user(company=company, is_first=False))
        browser = Client()
        assert browser.get(visit(browser, name)).status_code == 302
        assert is_logged_in(browser) and browser.get("/").status_code == 200


def test_somebody_at_a_company_does_not_get_in_for_another_workplace(client: Client, visit: Visit) -> None:
    employers.company(cvr=OURS)
    known_as("mette", employers.employer_user(company=employers.company(cvr=OTHERS)))
    answer = client.get(visit(client, "mette"))
    assert answer.status_code == 401 and not is_logged_in(client)
    assert refusals() == ["organisation"]


def test_without_a_list_any_workplace_will_do(client: Client, visit: Visit, municipality_login) -> None:
    municipality_login.OIDC_CVRS = ()
    known_as("anden-kommune", accounts.employee(team=organisations.team()))
    assert client.get(visit(client, "anden-kommune")).status_code == 302


def test_a_changed_state_is_refused(client: Client, mette: User, visit: Visit) -> None:
    back = visit(client, "mette")
    changed = back.replace(parameter(back, "state"), "x" * 32)
    assert client.get(changed).status_code == 401
    assert not is_logged_in(client)
    assert refusals() == ["answer"]


def test_a_return_nobody_began_is_refused_and_fills_no_log(client: Client, mette: User, visit: Visit) -> None:
    back = visit(Client(), "mette")
    assert client.get(back).status_code == 401
    assert refusals() == []


def test_a_used_code_opens_nothing(client: Client, mette: User, visit: Visit) -> None:
    used = visit(client, "mette")
    assert client.get(used).status_code == 302
    assert client.get(used).headers["Location"] == "/"
    other = Client()
    own = visit(other, "mette")
    assert other.get(own.replace(parameter(own, "code"), parameter(used, "code"))).status_code == 401
    assert not is_logged_in(other)
    assert refusals() == ["answer"]


def test_a_code_from_another_browser_opens_nothing(client: Client, mette: User, visit: Visit) -> None:
    stolen, own = visit(Client(), "mette"), visit(client, "mette")
    assert client.get(own.replace(parameter(own, "code"), parameter(stolen, "code"))).status_code == 401
    assert not is_logged_in(client)


def test_a_login_that_is_stopped_at_the_provider_can_be_begun_again(client: Client, mette: User, visit: Visit) -> None:
    state = parameter(visit(client, "mette"), "state")
    answer = client.get("/login/municipality/return/", {"error": "access_denied", "state": state})
    assert answer.status_code == 401
    assert 'href="/login/"' in answer.content.decode()


def test_a_token_of_another_issuer_is_refused(client: Client, mette: User, visit: Visit, municipality_login) -> None:
    back = visit(client, "mette")
    municipality_login.OIDC_ISSUER = "https://login.example"
    assert client.get(back).status_code == 401
    assert not is_logged_in(client)


@pytest.mark.parametrize("gone", ["OIDC_OP_TOKEN_ENDPOINT", "OIDC_OP_JWKS_ENDPOINT"])
def test_when_the_provider_is_away_the_page_says_so(
    client: Client, mette: User, visit: Visit, municipality_login, gone: str
) -> None:
    back = visit(client, "mette")
    setattr(municipality_login, gone, f"http://127.0.0.1:{free_port()}/")
    answer = client.get(back)
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert f'href="{back.replace("&", "&amp;")}"' in text
    assert not is_logged_in(client)


def test_the_same_return_works_when_the_provider_is_there_again(
    client: Client, mette: User, visit: Visit, municipality_login
) -> None:
    back, endpoint = visit(client, "mette"), municipality_login.OIDC_OP_TOKEN_ENDPOINT
    municipality_login.OIDC_OP_TOKEN_ENDPOINT = f"http://127.0.0.1:{free_port()}/"
    assert client.get(back).status_code == 503
    municipality_login.OIDC_OP_TOKEN_ENDPOINT = endpoint
    assert client.get(back).status_code == 302
    assert is_logged_in(client)


def test_a_wrong_secret_of_ours_is_told_to_the_operator(
    client: Client, mette: User, visit: Visit, municipality_login, caplog: pytest.LogCaptureFixture
) -> None:
    back = visit(client, "mette")
    municipality_login.OIDC_RP_CLIENT_SECRET = "changed"
    assert client.get(back).status_code == 503
    assert "401 invalid_client" in caplog.text
    assert parameter(back, "code") not in caplog.text


def test_logging_out_leaves_the_provider_too(client: Client, mette: User, visit: Visit) -> None:
    client.get(visit(client, "mette"))
    answer = client.post("/logout/")
    found = re.search(r'content="0; url=([^"]+)"', answer.content.decode())
    assert found
    address = found[1].replace("&amp;", "&")
    assert parameter(address, "client_id") == CLIENT_ID
    assert parameter(address, "post_logout_redirect_uri") == "http://testserver/login/"
    assert not is_logged_in(client)
    there = requests.get(address, allow_redirects=False, timeout=5)
    assert there.headers["Location"].startswith("http://testserver/login/")


def test_without_an_address_for_it_only_our_session_ends(
    client: Client, mette: User, visit: Visit, municipality_login
) -> None:
    municipality_login.OIDC_OP_LOGOUT_ENDPOINT = ""
    client.get(visit(client, "mette"))
    assert client.post("/logout/").headers["Location"] == "/login/"
    assert not is_logged_in(client)


def test_somebody_with_a_password_is_not_sent_to_the_provider(client: Client, mette: User, municipality_login) -> None:
    accounts.log_in(client, mette)
    assert client.post("/logout/").headers["Location"] == "/login/"


def test_both_ways_stand_on_the_login_page(client: Client, municipality_login) -> None:
    text = client.get("/login/", {"next": "/help/?a=1&b=2"}).content.decode()
    assert 'href="/login/municipality/?next=%2Fhelp%2F%3Fa%3D1%26b%3D2"' in text
    assert 'name="password"' in text
    main = text[text.index("<main") : text.index("</main>")]
    assert main.count("button-primary") == 1


def test_passwords_can_be_switched_off(client: Client, municipality_login) -> None:
    user = accounts.employee(team=organisations.team(), username="anders", password=accounts.PASSWORD)
    accounts.log_in(client, user)
    assert client.get("/password/change/").status_code == 200
    municipality_login.LOCAL_LOGIN = False
    municipality_login.AUTHENTICATION_BACKENDS = [PROVIDER_BACKEND]
    assert client.get("/password/change/").status_code == 302
    assert 'name="password"' not in client.get("/login/").content.decode()
    refused = Client().post("/login/", {"username": "anders", "password": accounts.PASSWORD})
    assert refused.status_code == 403
    assert 'name="password"' not in refused.content.decode()


def test_a_session_ends_when_its_way_in_is_closed(
    client: Client, mette: User, visit: Visit, municipality_login
) -> None:
    client.get(visit(client, "mette"))
    assert client.get("/password/change/").status_code == 200
    municipality_login.AUTHENTICATION_BACKENDS = [LOCAL_BACKEND]
    assert client.get("/password/change/").status_code == 302


def test_what_was_typed_stays_while_one_logs_in_beside_it(client: Client, municipality_login) -> None:
    municipality_login.LOCAL_LOGIN = False
    text = client.post("/password/change/", {"old": 'ord med "tegn"'}).content.decode()
    assert 'name="old" value="ord med &quot;tegn&quot;"' in text
    assert 'target="_blank"' in text and 'name="password"' not in text


def test_without_a_provider_there_is_no_trace_of_it(client: Client) -> None:
    assert client.get("/login/municipality/").status_code == 404
    assert client.get("/login/municipality/return/").status_code == 404
    assert "municipality" not in client.get("/login/").content.decode()
