"""Procedures as content: whole for every scheme, strict when read, deadlines as the municipalities tell them."""

import re
from datetime import date
from pathlib import Path

import pytest

from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.procedures import PREFILL_WORDS, Procedure
from jobbro.engines.schemes.reading_procedures import FOLDER, procedures, read_procedure, read_procedures
from jobbro.kernel.lix import lix
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import SCHEMES

PLAIN = (FOLDER / "personlig_assistance.yaml").read_text(encoding="utf-8")


def _all() -> list[Procedure]:
    return list(procedures().by_scheme.values())


def test_every_scheme_has_a_procedure() -> None:
    assert set(procedures().by_scheme) == set(SCHEMES)


@pytest.mark.parametrize("procedure", _all(), ids=lambda procedure: procedure.scheme)
def test_a_field_is_filled_from_a_fact_that_is_there(procedure: Procedure) -> None:
    facts = load_package().facts
    for field in procedure.fields:
        if field.prefill is None or field.prefill in PREFILL_WORDS:
            continue
        fact = facts[field.prefill]
        assert not fact.is_assessed, f"{field.code}: a judgement is not copied into a form"
        assert not fact.is_sensitive, f"{field.code}: health is not copied into a form"
        known = {"yes", "no"} if fact.type == "bool" else {choice.code for choice in fact.choices}
        assert not field.choices or {choice.code for choice in field.choices} <= known
        assert (field.kind == "date") == (fact.type == "date")


@pytest.mark.parametrize("procedure", _all(), ids=lambda procedure: procedure.scheme)
def test_nothing_asks_for_a_diagnosis(procedure: Procedure) -> None:
    asked = [field.label.da for field in procedure.fields] + [document.text.da for document in procedure.documents]
    assert not [text for text in asked if re.search(r"diagnos|hvad du fejler|hvilken sygdom", text, re.IGNORECASE)]
    health = [document for document in procedure.documents if re.search(r"LÆ|pension|sundheds", document.text.da)]
    assert all(document.reference_only for document in health)


@pytest.mark.parametrize("procedure", _all(), ids=lambda procedure: procedure.scheme)
def test_who_applies_to_whom_and_what_comes_then_is_told(procedure: Procedure) -> None:
    assert procedure.applicants
    assert len(procedure.steps) >= 4
    assert procedure.complaint.within_weeks == 4
    assert procedure.complaint.reconsider_weeks in (4, None)


@pytest.mark.parametrize(
    ("scheme", "code"), [("paragraf_56", "DP 211"), ("paragraf_58a", "DP 213"), ("personlig_assistance", "VITAS")]
)
def test_forms_have_their_numbers(scheme: str, code: str) -> None:
    assert procedures().of(scheme).form.code == code


@pytest.mark.parametrize("procedure", _all(), ids=lambda procedure: procedure.scheme)
def test_the_words_are_plain(procedure: Procedure) -> None:
    assert lix(procedure.short.da) <= 35
    told = [step.text.da for step in procedure.steps] + [note.text.da for note in procedure.notes]
    assert lix(" ".join([procedure.short.da, *told])) <= 35


# From the municipalities' own lists of deadlines.
@pytest.mark.parametrize(
    ("scheme", "municipality", "value", "unit"),
    [
        ("paragraf_56", "0479", 6, "weeks"),
        ("paragraf_58a", "0479", 6, "weeks"),
        ("paragraf_56", "0330", 4, "weeks"),
        ("mentor", "0707", 2, "weeks"),
        ("virksomhedspraktik", "0707", 2, "weeks"),
        ("hjaelpemidler", "0707", 1, "months"),
        ("skaanejob", "0707", 2, "months"),
        ("mentor", "0657", 1, "months"),
        ("hjaelpemidler", "0657", 1, "months"),
        ("isbryder", "0630", 4, "weeks"),
        ("fleksjob", "0630", 6, "months"),
    ],
)
def test_each_municipality_has_its_own_deadline(scheme: str, municipality: str, value: int, unit: str) -> None:
    found = procedures().of(scheme).deadline_for(municipality=municipality, on=date(2026, 11, 22))
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


def test_a_municipality_without_a_row_has_no_deadline_here() -> None:
    assert procedures().of("paragraf_56").deadline_for(municipality="9901", on=date(2026, 11, 22)) is None


def test_a_deadline_holds_from_its_first_day() -> None:
    mentor = procedures().of("mentor")
    assert mentor.deadline_for(municipality="0707", on=date(2021, 12, 31)) is None
    assert mentor.deadline_for(municipality="0707", on=date(2022, 1, 1)) is not None


def _changed(folder: Path, before: str, after: str) -> Path:
    assert before in PLAIN
    path = folder / "personlig_assistance.yaml"
    path.write_text(PLAIN.replace(before, after, 1), encoding="utf-8")
    return path


VEJLE = 'deadlines:\n- {municipality: "0630", value: 4, unit: weeks, from: null, until: null, source: vejle}'
ROW = '{municipality: "0479", value: 6, unit: weeks, from: null, until: null, source: law}'


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("scheme: personlig_assistance", "scheme: mentor", "scheme"),
        ("payee: employer", "payee: nobody_at_all", "payee"),
        ("payee: employer", "payee: employer\nextra: 1", "extra"),
        ('applicants: ["citizen"]', "applicants: []", "applicants"),
        ("source: odense}\n- {code: apply", "source: nowhere}\n- {code: apply", "steps[0].source"),
        ("source: odense}\n- {code: apply", "source: odense, mark: X}\n- {code: apply", "steps[0].mark"),
        ("days: 14", "days: 0", "steps[4].days"),
        ("days: 14", "days: soon", "steps[4].days"),
        ("- {code: tasks,", "- {code: contract,", "documents[1]"),
        (
            "kind: number, required: true, from: hours_per_week",
            "kind: guess, required: true, from: null",
            "fields[7].kind",
        ),
        ("from: hours_per_week", "from: null, choices: [{code: x1, da: a, en: b}]", "fields[7]"),
        ("within_weeks: 4", "within_weeks: four", "complaint.within_weeks"),
        ("every: quarter", "every: moon", "claims.every"),
        ("checked_on: 2026-11-21", "checked_on: 2026-13-45", "sources.law.checked_on"),
        ('url: "https://www', 'url: "http://www', "sources.law.url"),
        ("deadlines:", f"deadlines:\n- {ROW}\n- {ROW}", "deadlines[1]"),
        ("deadlines:", f"deadlines:\n- {ROW.replace('0479', '479')}", "deadlines[0].municipality"),
        (
            "deadlines:",
            f"deadlines:\n- {ROW.replace('from: null, until: null', 'from: 2026-02-01, until: 2026-01-31')}",
            "deadlines[0].until",
        ),
        ('en: "Personal assistance at work"', 'en: " "', "title.en"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_field(tmp_path: Path, before: str, after: str, field: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_procedure(_changed(tmp_path, before, after))
    assert refused.value.field == field
    assert refused.value.file == "personlig_assistance.yaml"
    assert refused.value.line >= 1


def test_a_folder_without_procedures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no procedures"):
        read_procedures(tmp_path)


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    _changed(tmp_path, "days: 14", "days: 15")
    assert read_procedures(tmp_path).version != procedures().version
