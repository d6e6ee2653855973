"""Tests see the database as the product does: by the role that owns nothing, on tables the migrations made."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_work_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("jobbro_app", False, False)
        cursor.execute("select count(*) from pg_class where relowner = 'jobbro_app'::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_a_committing_test_leaves_nothing_behind(run: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_session where session_key = 'left'")
        assert cursor.fetchone() == (0,)
        cursor.execute("insert into django_session values ('left', '', now())")
