"""The tables exist."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_x() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from follow_up_talk")
        assert cursor.fetchone()[0] == 0
