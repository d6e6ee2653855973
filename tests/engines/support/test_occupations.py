"""The built-in occupations are a marked prefill with sources, and a wrong table is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobbro.engines.support.occupations import TABLE, occupation_table, read_occupations
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS


def test_the_table_is_a_prefill_with_attribution() -> None:
    table = occupation_table()
    assert table.status == "prefill"
    assert table.note.da == "Gennemsnit fra USA. Det skal bekræftes, før det bruges om et bestemt job."
    named = " ".join(source.attribution for source in table.sources)
    assert all(owner in named for owner in ("O*NET 18.1", "USDOL/ETA", "modified", "STAR", "ESCO", "2011/833/EU"))


def test_common_occupations_are_there_once_with_all_areas() -> None:
    occupations = occupation_table().occupations
    assert len(occupations) >= 40
    assert len({one.code for one in occupations}) == len(occupations)
    assert len({one.name.da for one in occupations}) == len(occupations)
    assert all(tuple(one.demand) == AREAS for one in occupations)


@pytest.mark.parametrize(
    ("code", "name", "levels"),
    [
        ("9112.2", "Rengøringsassistent", "340443321231111101212112"),
        ("9333.8", "Lager- og logistikmedarbejder", "322233322332121212322222"),
        ("2512.3", "Programmør og systemudvikler", "004002022103323332221221"),
        ("8331.1", "Buschauffør", "213123243332212223232214"),
    ],
)
def test_demands_are_those_the_rules_give(code: str, name: str, levels: str) -> None:
    """Worked examples: the sanity table of the rules (rule tables for O*NET 18.1, cut points by area)."""
    occupation = occupation_table().occupation(code)
    assert occupation.name.da == name
    assert "".join(str(level) for level in occupation.demand.values()) == levels


def test_an_unknown_occupation_is_named() -> None:
    with pytest.raises(KeyError, match=r"no occupation '0000\.1'"):
        occupation_table().occupation("0000.1")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("status: prefill", "status: true_story", "must be 'prefill'"),
        ("areas: [lifting, standing", "areas: [standing, lifting", "in this order"),
        ('code: "9112.2"', 'code: "9112.51"', "is given twice"),
        ('code: "9112.2"', "code: 9112.2", "not a DISCO code"),
        ('da: "Rengøringsassistent"\n', 'da: ""\n', "must be a text"),
        ('  en: "Cleaner"\n', "", "must have exactly the fields"),
        ("levels: [3, 4, 0, 4, 4,", "levels: [3, 4, 0, 4, 5,", "from 0 to 4, not 5"),
        ("levels: [3, 4, 0, 4, 4,", "levels: [3, 4, 0, 4, null,", "null is refused"),
        ("levels: [3, 4, 0, 4, 4,", "levels: [3, 4, 0, 4,", "list of 24 levels"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    content = TABLE.read_text(encoding="utf-8")
    assert old in content
    path = tmp_path / "occupations.yaml"
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"occupations\.yaml, line ") as caught:
        read_occupations(path)
    assert reason in caught.value.reason
