"""The row of what is known about a citizen has one column a fact, each of the fact's own type."""

from django.db import models

from jobbro.apps.guidance.models import KnownFacts
from jobbro.engines.schemes.loading import load_package

# Columns that belong to the row itself.
OWN = {"id", "citizen", "known_at", "good_until", "next_expiry_on"}
COLUMNS = {
    "bool": models.BooleanField,
    "int": models.IntegerField,
    "decimal": models.DecimalField,
    "date": models.DateField,
    "enum": models.CharField,
}


def _columns() -> dict[str, models.Field]:
    return {field.name: field for field in KnownFacts._meta.concrete_fields if field.name not in OWN}


def test_there_is_a_column_for_every_fact_and_for_nothing_else() -> None:
    facts = load_package().facts
    wanted = {code: COLUMNS[fact.type] for code, fact in facts.items()}
    assert {name: type(field) for name, field in _columns().items()} == wanted
    assert list(_columns()) == list(facts), "The columns stand in the order of facts.yaml."


def test_every_fact_can_be_unknown() -> None:
    assert [name for name, field in _columns().items() if not field.null] == []


def test_every_value_a_fact_can_have_fits_its_column() -> None:
    columns, facts = _columns(), load_package().facts.values()
    choices = [(fact.code, choice.code) for fact in facts for choice in fact.choices]
    assert [pair for pair in choices if len(pair[1]) > columns[pair[0]].max_length] == []
    decimals = [fact for fact in facts if fact.type == "decimal"]
    assert [fact.code for fact in decimals if fact.range and fact.range[1] >= 10**10] == []
    assert {columns[fact.code].decimal_places for fact in decimals} == {2}
