"""The smoke run itself: that it finds what it is for, and that the product passes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from uuid import UUID

import pytest

from jobbro.cli.database import PROJECT
from jobbro.cli.smoke.judging import People, problems_of, unequal
from jobbro.cli.smoke.shapes import Answer, Person, Place, Visit, Visitor
from jobbro.cli.smoke.truth import words

MINE = Person(id=UUID(int=1), names=(words("Anna Lund"), words("Lund, Anna")), cpr="0101904567", municipality="9001")
THEIRS = Person(
    id=UUID(int=2), names=(words("Jens Å Bæk"), words("Bæk, Jens Å")), cpr="0202904567", municipality="9002"
)
PEOPLE = People([MINE, THEIRS], shared_names=set())
WORKER = Visitor(label="caseworker", user_id=UUID(int=9), citizen_id=None, seen=frozenset({MINE.id}))


def _answer(
    body: str,
    *,
    status: int = 200,
    page: str = "p",
    place: Place = Place.OWN,
    method: str = "GET",
    location: str = "",
) -> Answer:
    visit = Visit(page=page, visitor="caseworker", method=method, place=place, path="/p/", values=("7",))
    return Answer(
        visit=visit,
        status=status,
        queries=1,
        milliseconds=1.0,
        request_id="r",
        location=location,
        kind="text/html",
        body=body.encode(),
    )


def _said(
    answer: Answer, *, visitor: Visitor = WORKER, looked: set[UUID] | None = None, is_allowed: bool = True
) -> str:
    found = problems_of(answer, visitor=visitor, people=PEOPLE, looked=looked or set(), is_allowed=is_allowed)
    return " / ".join(str(problem) for problem in found)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (_answer("", status=500), "answered 500"),
        (_answer("", status=503), "answered 503"),
        (_answer("", place=Place.FOREIGN), "not theirs"),
        (_answer("<b>Anna</b> Lund"), "no record of the look"),
        (_answer("<p>Jens &Aring; B&aelig;k</p>"), "whom the wall hides"),
        (_answer('<a title="Bæk, Jens Å">'), "whom the wall hides"),
        (_answer("020290-4567"), "CPR number"),
        (_answer(f"/citizens/{THEIRS.id}/"), "the id of citizen"),
        (_answer("", status=302, location="/search/?cpr=0101904567"), "stands in an address"),
        (_answer("", method="POST"), "an empty form was answered 200"),
    ],
    ids=lambda value: "" if isinstance(value, Answer) else value,
)
def test_it_finds(answer: Answer, sentence: str) -> None:
    assert sentence in _said(answer)


def test_it_finds_a_rule_that_lets_the_wrong_role_in() -> None:
    assert "does not let this role in" in _said(_answer(""), is_allowed=False)


def test_it_leaves_the_right_alone() -> None:
    assert _said(_answer("<td>Anna Lund</td><td>010190-••••</td>"), looked={MINE.id}) == ""
    assert _said(_answer("<td>Jens</td><td>Å Bæk</td>")) == ""
    assert _said(_answer("", status=404, place=Place.FOREIGN)) == ""


def test_somebody_who_moves_is_named_on_the_pages_of_the_move_alone() -> None:
    lead = replace(WORKER, moving=frozenset({THEIRS.id}))
    assert _said(_answer("Jens Å Bæk", page="moved_in"), visitor=lead, looked={THEIRS.id}) == ""
    for answer, visitor in (
        (_answer("Jens Å Bæk", page="moved_in"), WORKER),
        (_answer("Jens Å Bæk"), lead),
        (_answer("020290-4567", page="moved_in"), lead),
    ):
        assert "whom the wall hides" in _said(answer, visitor=visitor, looked={THEIRS.id})


def test_it_finds_that_a_forged_id_is_told_apart() -> None:
    foreign, unknown = (_answer("no", status=s, place=p) for s, p in ((403, Place.FOREIGN), (404, Place.UNKNOWN)))
    assert "answered otherwise" in str(next(unequal([foreign, unknown])))
    token = "a" * 64
    alike = [
        _answer(f"no {token}", status=404, place=Place.FOREIGN),
        _answer("no " + "b" * 64, status=404, place=Place.UNKNOWN),
    ]
    assert list(unequal(alike)) == []


def test_the_product_passes() -> None:
    """The whole run, as people and `.ci/run` start it."""
    without = ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE", "JOBBRO_DATA")
    environment = {name: value for name, value in os.environ.items() if name not in without}
    answer = subprocess.run(
        [sys.executable, "-m", "jobbro.cli", "smoke", "--json"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=900,
        env=environment,
    )
    assert answer.stdout, answer.stderr[-3000:]
    result = json.loads(answer.stdout)
    assert result["problems"] == []
    assert answer.returncode == 0
    assert {visit["role"] for visit in result["visits"]} >= {"anonymous", "caseworker", "team_lead", "citizen"}
    assert {visit["place"] for visit in result["visits"]} >= {"own", "near", "foreign", "unknown"}
