"""The catalogue is complete, plain and without diagnoses, and a wrong file is refused with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jobbro.engines.support.catalogue import (
    GROUPS,
    SITUATIONS,
    CatalogueMeasure,
    Texts,
    catalogue,
    catalogue_version,
    read_catalogue,
)
from jobbro.engines.support.payers import payer_sources, read_payers
from jobbro.kernel.lix import lix
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS, PAYERS

ENTRIES = catalogue().entries

# Diagnoses and scolding words, as parts of words, in Danish and English.
FORBIDDEN = re.compile(
    r"autis|adhd|\badd\b|aspergers?|depress|skizo|schizo|demens|dementia|sclero|sklero|parkinson|epilep|diabet|cancer|"
    r"kræft\b|gigt|arthrit|dysleks|dyslex|ordblind|cerebral|parese|migræne|migraine|ptsd|bipolar|angst|anxiety|"
    r"diagnos|lidelse|disorder|patient|handicap|disab|manglende|svag\b|svage\b|begrænsning|nedsat|målgruppe|jobcenter",
    re.IGNORECASE,
)


def test_at_least_seventy_measures_in_every_group() -> None:
    assert len(ENTRIES) >= 75
    assert {entry.group for entry in ENTRIES} == set(GROUPS) == set(catalogue().group_names)
    assert tuple(catalogue().group_names) == GROUPS


def test_every_area_is_reached_by_three_measures_for_all() -> None:
    reliefs = [measure.relief for measure in catalogue().measures()]
    assert [area for area in AREAS if sum(area in relief for relief in reliefs) < 3] == []
    assert [area for area in AREAS if max(relief.get(area, 0) for relief in reliefs) < 3] == []


def what_is_wrong(entry: CatalogueMeasure) -> list[str]:
    texts = (entry.text.da, entry.text.en)
    checks = {
        "LIX above 35": lix(entry.text.da) > 35,
        "not one sentence": any(not text[0].isupper() or text.find(".") != len(text) - 1 for text in texts),
        "forbidden word": any(FORBIDDEN.search(text) for text in (*texts, entry.name.da, entry.name.en)),
        "payer": entry.measure.scheme not in PAYERS,
        "source": entry.source is not None and not entry.source.url.startswith("https://"),
    }
    return [f"{entry.code}: {name}" for name, found in checks.items() if found]


def test_every_measure_reads_well() -> None:
    assert [wrong for entry in ENTRIES for wrong in what_is_wrong(entry)] == []


def test_forbidden_words_are_found() -> None:
    assert FORBIDDEN.search("Til dig med Autisme") and FORBIDDEN.search("your disorder")
    assert not FORBIDDEN.search("Når støj tager kræfter, kan du gå et stille sted hen.")


def test_names_are_not_used_twice() -> None:
    for language in ("da", "en"):
        names = [entry.name.in_language(language) for entry in ENTRIES]
        assert len(set(names)) == len(names)
    with pytest.raises(ValueError, match="use one of da, en"):
        Texts(da="Ja", en="Yes").in_language("sv")


def test_codes_are_in_order_and_found() -> None:
    codes = [entry.code for entry in ENTRIES]
    assert codes == sorted(set(codes))
    assert catalogue().entry("lift_trolley").measure.relief["lifting"] == 3
    with pytest.raises(KeyError, match="no measure 'wings'"):
        catalogue().entry("wings")


def test_measures_for_some_are_given_only_to_them() -> None:
    for_all = {measure.code for measure in catalogue().measures()}
    self_employed = {measure.code for measure in catalogue().measures(situations=["self_employed"])}
    assert self_employed - for_all == {"absence_agreement_own_business", "own_business_support"}
    assert len(catalogue().measures(situations=SITUATIONS)) == len(ENTRIES)
    with pytest.raises(ValueError, match="unknown situations hero"):
        catalogue().measures(situations=["hero"])


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", catalogue_version())
    path = write(tmp_path)
    before = read_catalogue(tmp_path).version
    assert read_catalogue(tmp_path).version == before
    path.write_text(path.read_text().replace("cost: 2", "cost: 3"))
    assert read_catalogue(tmp_path).version != before


GOOD = """\
status: estimate
group: aids
name: {da: Ting, en: Things}
measures:
- code: trolley
  name: {da: Vogn, en: Trolley}
  text: {da: En vogn., en: A trolley.}
  relief: {lifting: 2}
  cost: 2
  scheme: hjaelpemidler
  source:
    title: Lov
    url: https://www.retsinformation.dk/eli/lta/2020/108
    checked_on: 2026-03-01
"""


def write(folder: Path, content: str = GOOD, name: str = "aids.yaml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    entry = read_catalogue(tmp_path).entry("trolley")
    assert (entry.group, entry.name.da, entry.measure.cost, entry.situation) == ("aids", "Vogn", 2, None)
    assert entry.source and entry.source.title == "Lov"


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "reason"),
    [
        ("cost: 2", "cost: 2\n  colour: red", 10, "measures[0].colour", "not a known field"),
        ("  cost: 2\n", "", 5, "measures[0].cost", "is left out"),
        ("cost: 2", "cost: 2\n  cost: 3", 10, "measures[0].cost", "given twice"),
        ("cost: 2", "cost: 5", 9, "measures[0].cost", "from 1 to 4, not 5"),
        ("cost: 2", "cost: true", 9, "measures[0].cost", "not True"),
        ("cost: 2", "cost: .nan", 9, "measures[0].cost", "not nan"),
        ("lifting: 2", "flying: 2", 8, "measures[0].relief.flying", "unknown area"),
        ("lifting: 2", "lifting: 0", 8, "measures[0].relief.lifting", "from 1 to 4, not 0"),
        ("lifting: 2", "lifting: null", 8, "measures[0].relief.lifting", "null is refused"),
        ("{lifting: 2}", "{}", 8, "measures[0].relief", "at least one area"),
        ("{lifting: 2}", "[lifting]", 8, "measures[0].relief", "must map areas"),
        ("scheme: hjaelpemidler", "scheme: uncle", 10, "measures[0].scheme", "unknown payer"),
        ("scheme: hjaelpemidler", "scheme: [none]", 10, "measures[0].scheme", "unknown payer"),
        ("scheme:", "situation: hero\n  scheme:", 10, "measures[0].situation", "unknown situation"),
        ("code: trolley", "code: Løfter", 5, "measures[0].code", "is not a code"),
        ("da: Vogn, ", "", 6, "measures[0].name.da", "is left out"),
        ("da: Vogn", "da: ''", 6, "measures[0].name.da", "must be a text"),
        ("https://", "http://", 11, "measures[0].source", "https address"),
        ("2026-03-01", "sometime", 14, "measures[0].source.checked_on", "must be a date"),
        ("    checked_on: 2026-03-01\n", "", 11, "measures[0].source.checked_on", "is left out"),
        ("status: estimate", "status: proven", 1, "status", "must be 'estimate'"),
        ("group: aids", "group: magic", 2, "group", "unknown group"),
        ("name: {da: Ting, en: Things}", "name: Ting", 3, "name", "must have the fields da, en"),
        ("group: aids", "group: aids\nmore: 1", 3, "more", "not a known field"),
    ],
)
def test_a_wrong_field_is_refused_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, reason: str
) -> None:
    assert old in GOOD
    write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ContentError) as caught:
        read_catalogue(tmp_path)
    assert (caught.value.file, caught.value.field) == ("aids.yaml", field)
    assert reason in caught.value.reason
    assert caught.value.line == line


def test_a_code_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, GOOD.replace("group: aids", "group: tasks"), name="tasks.yaml")
    with pytest.raises(ContentError, match=r"tasks\.yaml, line 5, measures\[0\]\.code: 'trolley' is given twice"):
        read_catalogue(tmp_path)


def test_a_group_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, name="more.yaml")
    with pytest.raises(ContentError, match="has a file already"):
        read_catalogue(tmp_path)


@pytest.mark.parametrize("content", ["", "- 1", "status: estimate", GOOD.replace("measures:\n-", "measures: 1\nx:\n-")])
def test_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    write(tmp_path, content)
    with pytest.raises(ContentError):
        read_catalogue(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no measures"):
        read_catalogue(tmp_path)


def test_what_a_scheme_can_pay_carries_the_law_that_was_read() -> None:
    shown = {entry.measure.scheme: entry.source for entry in catalogue().entries}
    assert all(shown[scheme] is not None for scheme in payer_sources() if scheme in shown)
    assert not any(source.is_confirmed for source in payer_sources().values())


def test_a_payer_twice_is_refused(tmp_path: Path) -> None:
    row = "- {scheme: mentor, title: Lov, url: 'https://example.dk/', confirmed: false}\n"
    file = tmp_path / "payers.yaml"
    file.write_text(f"checked_on: 2026-11-21\npayers:\n{row}{row}", encoding="utf-8")
    with pytest.raises(ContentError, match="twice"):
        read_payers(file)
