"""The owner's function asks the wall once; that it says what the sources say behind the wall is compared row by row."""

import json
import re
from collections import Counter
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor, actor_of
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case
from jobbro.apps.worklist import gathering
from jobbro.apps.worklist.compiling import KEPT, function_text
from jobbro.apps.worklist.kinds import BY_CODE
from jobbro.apps.worklist.kinds.newer import QUESTIONS
from jobbro.cli.database import PROJECT
from jobbro.cli.demo.loading import load_demo
from tests.factories.rows import rows_of

TODAY = timezone.localdate()
STAFF = (
    "select distinct on (p.role, p.unit_id) u.id from accounts_user u join accounts_position p on p.user_id = u.id"
    " where p.role in ('team_lead', 'caseworker', 'job_broker') and u.is_active and p.until_on is null"
    " order by p.role, p.unit_id, u.id"
)


def behind_the_wall(actor: Actor, *, on: object) -> Counter:
    """What the sources say of courses that are not closed."""
    current = set(Case.objects.visible_to(actor).exclude(state=State.CLOSED).values_list("citizen_id", flat=True))
    rows = [row for source in gathering.all_needs(actor=actor, on=on) for row in source]
    return Counter(tuple(cell and str(cell) for cell in row) for row in rows if row[0] in current)


def asked_once(*, on: object, **wanted: object) -> Counter:
    """What the function says."""
    whole = {"sort": "due", "skip": 0, "size": 100_000, "raw": True, **wanted}
    with connection.cursor() as cursor:
        cursor.execute("select worklist_page(%s::date, %s::jsonb)", [on, json.dumps(whole)])
        rows = json.loads(cursor.fetchone()[0])["rows"] or []
    return Counter(
        (row["citizen_id"], need["need"], need["waits_on"], need["due_on"], need["user_id"], need["subject_id"])
        for row in rows
        for need in row["needs"]
    )


@pytest.mark.django_db(transaction=True)
def test_the_function_says_what_the_sources_say_for_everybody_in_the_demo() -> None:
    load_demo(size=120)
    found: Counter = Counter()
    for row in rows_of(STAFF):
        for on in (TODAY, TODAY + timedelta(days=40)):
            with acting_as(row.id):
                actor = actor_of(user=User.objects.get(pk=row.id), on=on)
                truth = behind_the_wall(actor, on=on)
                # Both ways of reading: asked by citizen, and read whole and narrowed.
                assert asked_once(on=on) == truth
                assert asked_once(on=on, few=0) == truth
            found.update(code for _, code, *_ in truth.elements())
    assert len(found) > 12, found
    assert set(found) <= set(BY_CODE)


def test_the_kept_function_is_the_one_the_sources_give() -> None:
    text = "The sources have changed: run `jobbro manage worklist_sql` and look at what it writes."
    assert KEPT.read_text(encoding="utf-8") == function_text(), text


def test_every_code_of_a_source_has_a_kind_and_every_kind_a_source() -> None:
    codes = set(
        re.findall(r"^ *select citizen_id::uuid.*? from \(SELECT [^,]+, '(\w+)'", function_text(), re.MULTILINE)
    )
    own = {kind.code for kind in QUESTIONS}
    assert codes == set(BY_CODE) - own


def test_every_app_that_says_what_needs_doing_is_registered() -> None:
    said = {path.parent.name for path in PROJECT.glob("jobbro/apps/*/needs_doing.py")}
    sources = (*gathering.REGISTERED, *gathering.PERSONAL)
    registered = {source.__name__.split(".")[2] for source in sources if source.__name__.endswith("needs_doing")}
    assert registered == said
    assert all(import_module(source.__name__).needs_doing for source in sources)
