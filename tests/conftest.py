"""What every test shares: Django only where it is needed, one migrated database, the application role."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Addresses, begin_anew, test_database

# What a developer has imported is no part of a test.
os.environ.setdefault("JOBBRO_OCCUPATIONS", "shipped")

# These are plain Python: they start no Django and no server.
WITHOUT_DJANGO = tuple(Path(__file__).parent / name for name in ("engines", "cli"))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Names the test settings before pytest-django looks for them, when a selected test may need Django."""
    if all(_is_without_django(argument) for argument in config.args):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    else:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        from django.conf import settings

        settings.DATABASES  # noqa: B018 - reading one loads them all, which is what pytest-django waits for


def _is_without_django(argument: str) -> bool:
    path = Path(argument.split("::")[0]).resolve()
    return any(path.is_relative_to(folder) for folder in WITHOUT_DJANGO)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the Chromium can be left out by `-m "not browser"`, whether or not its file says so."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The one browser of the run, as Playwright's Browser; started by the first test that asks for it."""
    from tests.browser import running_browser

    with running_browser() as started:
        yield started


@pytest.fixture(scope="session")
def database_addresses(django_test_environment: None, django_db_blocker: object) -> Iterator[Addresses]:
    """The test database's addresses, for tests that connect by themselves or start a server of their own."""
    with django_db_blocker.unblock(), test_database() as addresses:  # type: ignore[attr-defined]
        yield addresses


@pytest.fixture(scope="session")
def django_db_setup(database_addresses: Addresses) -> Iterator[None]:
    """In place of pytest-django's: tests work as the application role; committing tests get a fresh copy after them."""
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: begin_anew(database_addresses)  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]
