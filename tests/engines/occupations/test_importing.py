"""The importer goes each way a-e on an extract of the raw files, and on all of them when they are on this machine."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from jobbro.engines.occupations.derived import read_table
from jobbro.engines.occupations.importing import Imported, import_sources
from jobbro.engines.occupations.joining import chosen_kin, join, resolve_codes
from jobbro.engines.occupations.occupations import SHIPPED, TABLE
from jobbro.engines.occupations.records import Occupation, Reached, Relation
from jobbro.engines.occupations.rules import area_rules, code_successors, read_area_rules, wanted_elements
from jobbro.engines.occupations.sources import (
    CROSSWALK,
    MATRIX,
    TITLES,
    Crosswalk,
    Kin,
    Matrix,
    Title,
    read_crosswalk,
    read_matrix,
    read_titles,
)
from jobbro.kernel.vocabulary import AREAS
from tests.engines.occupations.conftest import EXTRACT

SANITY = Path(__file__).with_name("sanity.csv")


def sanity() -> dict[str, dict[str, int]]:
    """Code -> area -> level, as worked out by hand beside the raw files."""
    with SANITY.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["area"] for row in rows] == list(AREAS)
    return {code: {row["area"]: int(row[code]) for row in rows} for code in rows[0] if code != "area"}


def by_code(occupations: tuple[Occupation, ...]) -> dict[str, Occupation]:
    return {one.code: one for one in occupations}


@pytest.fixture(scope="module")
def extract() -> Imported:
    return import_sources(EXTRACT, made_on="2026-11-22", table_name=TABLE)


def test_the_extract_gives_exactly_the_sanity_table(extract: Imported) -> None:
    found = by_code(extract.occupations)
    assert {code: dict(found[code].levels) for code in sanity()} == sanity()


def test_the_shipped_table_holds_exactly_the_sanity_table() -> None:
    found = by_code(read_table(SHIPPED / TABLE).occupations)
    assert {code: dict(found[code].levels) for code in sanity()} == sanity()


def test_the_extract_gives_what_is_shipped(extract: Imported) -> None:
    shipped = by_code(read_table(SHIPPED / TABLE).occupations)
    assert all(one == shipped[one.code] for one in extract.occupations)
    assert {one.reached for one in extract.occupations} == {*Reached, None}


def test_the_shipped_table_counts_as_the_readme_says() -> None:
    occupations = read_table(SHIPPED / TABLE).occupations
    assert len(occupations) == 1128
    assert sum(one.has_profile for one in occupations) == 1125
    reached = Counter(one.reached for one in occupations)
    assert reached[Reached.NEIGHBOUR] == 119 + 13
    assert [one.title for one in occupations if not one.has_profile] == [
        "Officer",
        "Sergent",
        "Formand, drift og produktion",
    ]


def test_all_raw_files_count_as_the_readme_says(raw: Path) -> None:
    matrix, crosswalk, titles = read_matrix(raw / MATRIX), read_crosswalk(raw / CROSSWALK), read_titles(raw / TITLES)
    resolved = resolve_codes(crosswalk, matrix=matrix, successors=code_successors())
    assert (len(matrix.values), len(crosswalk.titles), len(crosswalk.links), len(titles)) == (923, 940, 2652, 1271)
    assert [sum(one.reached is rule for one in resolved.values()) for rule in Reached] == [684, 70, 33, 76, 0]

    entries, without_headings, allowed = [], [], set()
    for rule in list(Reached)[:-1]:
        allowed |= {code for code, one in resolved.items() if one.reached is rule}
        reached = [
            title
            for title in titles
            if any(link.code in allowed for kin in title.kin for link in crosswalk.links.get(kin.uri, ()))
        ]
        entries.append(len(reached))
        without_headings.append(sum(not title.is_group for title in reached))
    assert entries == [1009, 1042, 1079, 1115]
    assert without_headings == [904, 929, 964, 993]
    assert sum(title.is_group for title in titles) == 143
    assert sum(not any(kin.uri in crosswalk.links for kin in title.kin) for title in titles) == 142


def test_all_raw_files_give_the_shipped_tables_byte_for_byte(raw: Path) -> None:
    version = read_table(SHIPPED / TABLE).version
    made = import_sources(raw, made_on=version.made_on, table_name=TABLE)
    assert {name: (SHIPPED / name).read_bytes() == content for name, content in made.files.items()} == dict.fromkeys(
        made.files, True
    )


def test_the_spread_over_all_profiles_is_that_of_the_readme(raw: Path) -> None:
    rules = area_rules()
    profiles = join(
        read_titles(raw / TITLES),
        crosswalk=read_crosswalk(raw / CROSSWALK),
        matrix=read_matrix(raw / MATRIX),
        successors=code_successors(),
        rules=rules,
    )
    reached = [one for one in profiles.values() if one.reached is not Reached.NEIGHBOUR]
    assert len(reached) == 1115
    shares = {
        area: [
            round(100 * Counter(rules[area].level(one.scores[area]) for one in reached)[level] / 1115)
            for level in range(5)
        ]
        for area in ("lifting", "climate_tolerance", "pace", "change")
    }
    assert shares == {
        "lifting": [22, 24, 25, 24, 5],
        "climate_tolerance": [14, 31, 24, 14, 16],
        "pace": [1, 14, 45, 32, 9],
        "change": [1, 8, 48, 33, 10],
    }


# --- each rule alone, on made-up rows ---

STRENGTH = ("Abilities", "Static_Strength")


def matrix_of(titles: dict[str, str]) -> Matrix:
    return Matrix(version="test", titles=titles, values={code: {STRENGTH: 3.0} for code in titles})


@pytest.mark.parametrize(
    ("titles", "reached", "codes"),
    [
        ({"11-1011.00": "Chiefs", "99-0000.00": "Top  Chiefs"}, Reached.SAME_CODE, ("11-1011.00",)),
        ({"99-0000.00": "TOP, chiefs", "11-1011.03": "Others"}, Reached.SAME_TITLE, ("99-0000.00",)),
        ({"22-0000.00": "Older", "11-1011.03": "Others"}, Reached.SUCCESSOR, ("22-0000.00",)),
        ({"11-1011.02": "One", "11-1011.03": "Two"}, Reached.FAMILY, ("11-1011.02", "11-1011.03")),
        ({"99-0000.00": "Nobody"}, None, ()),
    ],
)
def test_a_code_is_resolved_by_the_first_rule_that_can(
    titles: dict[str, str], reached: Reached | None, codes: tuple[str, ...]
) -> None:
    crosswalk = Crosswalk(titles={"11-1011.00": "Top Chiefs"}, links={})
    found = resolve_codes(crosswalk, matrix=matrix_of(titles), successors={"11-1011.00": ["22-0000.00"]})
    if reached is None:
        assert found == {}
    else:
        assert (found["11-1011.00"].reached, found["11-1011.00"].codes) == (reached, codes)


def test_of_a_family_the_whole_code_comes_before_its_members() -> None:
    crosswalk = Crosswalk(titles={"11-1011.07": "New"}, links={})
    titles = {"11-1011.00": "Whole", "11-1011.03": "Member"}
    found = resolve_codes(crosswalk, matrix=matrix_of(titles), successors={})
    assert found["11-1011.07"].codes == ("11-1011.00",)


def kin(name: str, relation: Relation) -> Kin:
    return Kin(uri=f"uri/{name}", name=name, relation=relation)


def test_the_same_name_comes_before_the_best_relation() -> None:
    exact, broad, narrow = kin("kok på skib", Relation.EXACT), kin("kok", Relation.BROAD), kin("grill", Relation.NARROW)
    title = Title(code="5120.1", title="Kok", kin=(exact, broad, narrow))
    assert chosen_kin(title, kin=title.kin) == [broad]
    assert chosen_kin(title, kin=[exact, narrow]) == [exact]
    assert chosen_kin(title, kin=[]) == []


def test_scores_on_a_cut_reach_it() -> None:
    rule = area_rules()["lifting"]
    assert rule.level(2.2 - 1e-12) == rule.level(2.2) == 2
    assert rule.level(2.2 - 1e-6) == 1


def test_areas_are_reckoned_as_their_rules_say() -> None:
    rules = area_rules()
    climate = dict(zip((part.element for part in rules["climate_tolerance"].parts), (1.0, 5.0, 2.0, 4.0), strict=True))
    assert rules["climate_tolerance"].score(climate) == 4.5
    pressure, machine = (part.element for part in rules["pace"].parts)
    assert rules["pace"].score({pressure: 4.0, machine: 1.0}) == 3.0
    repeating = ("Work_Context", "Importance_of_Repeating_Same_Tasks")
    assert rules["change"].score({repeating: 2.0}) == 4.0
    assert rules["change"].score({}) is None


def test_the_rules_name_an_element_by_domain_and_name() -> None:
    assert ("Skills", "Mathematics") in wanted_elements(read_area_rules(SHIPPED / "area_elements.csv"))
    assert len(wanted_elements(area_rules())) == 61
    assert len(code_successors()) == 33


def test_what_is_made_is_written_whole(extract: Imported, tmp_path: Path) -> None:
    extract.write(tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(extract.files)
    assert read_table(tmp_path / "new" / TABLE).occupations == extract.occupations
