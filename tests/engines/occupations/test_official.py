"""The official packages are read as they are downloaded, refused with file, line and field, and never half taken in."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from jobbro.engines.occupations import occupations as module
from jobbro.engines.occupations.derived import SHIPPED, TABLE, read_table
from jobbro.engines.occupations.importing import Imported, import_official
from jobbro.engines.occupations.links import ESCO_LABELS, TITLE_LINKS, read_labels, read_title_links, short
from jobbro.engines.occupations.occupations import FOLDER_SETTING, occupations
from jobbro.engines.occupations.official import named_elements, read_esco, read_onet, version_in
from jobbro.engines.occupations.reading import SourceError, read_rows
from jobbro.engines.occupations.records import Certainty, Doubt
from jobbro.engines.occupations.rules import area_rules, wanted_elements
from jobbro.engines.occupations.wording import doubts
from tests.engines.occupations.packages import SKILL, URI, write_esco, write_onet
from tests.engines.occupations.test_importing import sanity


def taken_in(*, onet: Path | None = None, esco: Path | None = None, in_use: Path = SHIPPED) -> Imported:
    return import_official(
        esco=esco, onet=onet, esco_version="1.2.0", onet_version="30.1", made_on="2026-11-22", in_use=in_use
    )


def kin_of(code: str) -> list[str]:
    titles = read_title_links(SHIPPED / TITLE_LINKS, labels=read_labels(SHIPPED / ESCO_LABELS))
    return [short(kin.uri) for title in titles if title.code == code for kin in title.kin]


def test_every_element_of_the_rules_has_an_id() -> None:
    assert [one.element for one in named_elements()] == list(wanted_elements(area_rules()))
    assert len({one.id for one in named_elements()}) == 61


@pytest.mark.parametrize("newer_names", [False, True])
def test_the_same_numbers_in_the_official_layout_give_the_same_levels(tmp_path: Path, newer_names: bool) -> None:
    made = taken_in(onet=write_onet(tmp_path / "db_30_1_text", newer_names=newer_names))
    found = {one.code: dict(one.levels) for one in made.occupations if one.code in sanity()}
    assert found == sanity()
    assert (made.missing, made.renamed, made.partial) == ((), (), ())


def test_skills_in_two_files_are_read_together(package: Path, tmp_path: Path) -> None:
    folder = write_onet(tmp_path)
    lines = (folder / "Skills.txt").read_text().splitlines(keepends=True)
    (folder / "Skills.txt").unlink()
    for name, mark in (("Essential Skills.txt", "\t2.A."), ("Transferable Skills.txt", "\t2.B.")):
        (folder / name).write_text("".join([lines[0], *(line for line in lines if mark in line)]))
    whole = read_onet(package, version="30.1", rules=area_rules())
    assert read_onet(folder, version="30.1", rules=area_rules()) == whole


def test_work_styles_on_another_scale_are_left_out_and_told(tmp_path: Path) -> None:
    made = taken_in(onet=write_onet(tmp_path, styles_scale="WI"))
    assert [element[1] for element in made.missing] == [
        "Attention_to_Detail",
        "Stress_Tolerance",
        "Adaptability/Flexibility",
        "Cooperation",
    ]
    assert made.partial == ("attention", "stress", "change", "cooperation")
    cleaner = next(one for one in made.occupations if one.code == "9112.2")
    assert Doubt.MISSING_ELEMENTS in doubts("cooperation", of=cleaner, partial=made.partial)
    assert cleaner.certainty["cooperation"] is not Certainty.RATHER_SURE
    assert cleaner.certainty["standing"] is Certainty.RATHER_SURE


def test_an_element_with_a_name_nobody_knows_is_found_by_its_id_and_told(tmp_path: Path) -> None:
    folder = write_onet(tmp_path)
    file = folder / "Work Context.txt"
    file.write_text(file.read_text().replace("Time Pressure", "Meeting Deadlines"))
    read = read_onet(folder, version="31.0", rules=area_rules())
    assert read.renamed == ((("Work_Context", "Time_Pressure"), "Meeting Deadlines"),)
    assert read.matrix.missing == ()


def test_an_occupation_without_numbers_in_an_area_is_left_out(tmp_path: Path) -> None:
    folder = write_onet(tmp_path)
    file = folder / "Work Context.txt"
    kept = [line for line in file.read_text().splitlines(keepends=True) if not line.startswith("37-2011.00")]
    file.write_text("".join(kept))
    read = read_onet(folder, version="31.0", rules=area_rules())
    assert (read.incomplete, "37-2011.00" in read.matrix.titles) == (1, False)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_onet(tmp_path_factory.mktemp("packages") / "whole")


def replaced(old: str, new: str, *, file: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))

    return change


def written(content: bytes, *, file: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return change


def removed(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def doubled(file: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        lines = (folder / file).read_text().splitlines(keepends=True)
        (folder / file).write_text("".join([*lines, lines[1]]))

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (removed("Abilities.txt"), "Abilities.txt, linje 1: filen kan ikke læses"),
        (removed("Occupation Data.txt"), "Occupation Data.txt, linje 1: filen kan ikke læses"),
        (
            replaced("Data Value", "Value", file="Abilities.txt"),
            "Abilities.txt, linje 1, Data Value: kolonnen findes ikke",
        ),
        (replaced("\tIM\t", "\tIM\t7\t", file="Abilities.txt"), "Abilities.txt, linje 2: rækken har"),
        (replaced("\tIM\t", "\timp\t", file="Abilities.txt"), "linje 2, Scale ID: 'imp' er ikke en skala"),
        (replaced("\tIM\t", "\tIM\t9", file="Abilities.txt"), "Abilities.txt, linje 2, Data Value: '9"),
        (replaced("\tIM\t", "\tIM\tnan", file="Abilities.txt"), "er ikke et tal fra 1 til 5"),
        (doubled("Abilities.txt"), "Element ID: .* har allerede et tal for"),
        (doubled("Occupation Data.txt"), "er ikke en ny O\\*NET-kode"),
        (written(b"", file="Abilities.txt"), "Abilities.txt, linje 1: filen har ingen rækker"),
        (written(b"a\0b\n", file="Abilities.txt"), "linje 1: filen har et nul-tegn"),
        (written(b"O*NET-SOC Code\n\xe6\n", file="Abilities.txt"), "linje 2: tegnsættet er ikke UTF-8"),
    ],
)
def test_a_broken_package_is_refused_in_danish(
    package: Path, tmp_path: Path, change: Callable[[Path], None], message: str
) -> None:
    folder = copytree(package, tmp_path / "package")
    change(folder)
    with pytest.raises(SourceError, match=message):
        read_onet(folder, version="31.0", rules=area_rules())


def test_a_package_that_no_longer_measures_an_area_is_refused(tmp_path: Path) -> None:
    folder = write_onet(tmp_path)
    file = folder / "Work Context.txt"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "Spend Time Sitting" not in line))
    with pytest.raises(SourceError, match="i området sitting: Spend Time Sitting"):
        read_onet(folder, version="31.0", rules=area_rules())


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SourceError, match="filen er større end 0 MB"):
        list(read_rows(tmp_path / "a.csv", columns=("a",), max_bytes=5))


def test_a_utf_16_file_is_read_and_lines_are_counted_over_line_breaks_in_cells(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('navn,kode\n"to\nlinjer",1\nsidste,2\n', encoding="utf-16")
    assert [(row.line, row.text("navn")) for row in read_rows(tmp_path / "a.csv", columns=("navn",))] == [
        (2, "to\nlinjer"),
        (4, "sidste"),
    ]


# --- ESCO ---


def test_new_names_lead_to_titles_and_skills_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cook = kin_of("5120.1")[0]
    package = write_esco(
        tmp_path / "v1.2.0",
        occupations=[(f"{URI}{esco}", "kok", "grydemester\nsuppekonge") for esco in [cook]],
        relations=[(f"{URI}{cook}", "essential", f"{SKILL}1"), (f"{URI}{cook}", "optional", f"{SKILL}0")],
    )
    made = taken_in(esco=package)
    made.write(tmp_path / "used")
    monkeypatch.setenv(FOLDER_SETTING, str(tmp_path / "used"))
    table = occupations()
    assert (table.version.origin, table.version.esco, table.version.onet) == ("imported", "1.2.0", "18.1")
    assert table.search("grydemester", limit=1)[0].occupation.title == "Kok"
    assert table.skills_of("5120.1").essential == ("kompetence 1",)
    assert table.skills_of("5120.1").optional == ("kompetence 0",)
    assert table.skills_of("9112.2").essential == ()
    assert table.all == read_table(SHIPPED / TABLE).occupations
    assert made.unknown == 2600


def test_without_an_import_there_are_no_skills() -> None:
    assert occupations().skills_of("5120.1").essential == ()
    with pytest.raises(KeyError):
        occupations().skills_of("0000.0")


@pytest.mark.parametrize(
    ("occupation", "relation", "message"),
    [
        (("http://example.org/1", "kok", ""), None, "occupations_da.csv, linje 2, conceptUri: .* er ikke en stilling"),
        ((f"{URI}{'0' * 36}", "", ""), None, "occupations_da.csv, linje 2, preferredLabel: feltet er tomt"),
        ((f"{URI}{'0' * 36}", "a|b", ""), None, "linje 2, altLabels: et navn har tegnet"),
        (None, (f"{URI}{'0' * 36}", "maybe", f"{SKILL}1"), "linje 2, relationType: 'maybe' er ikke en af"),
        (None, (f"{URI}{'0' * 36}", "optional", f"{SKILL}9"), "linje 2, skillUri: .* står ikke i skills_da.csv"),
    ],
)
def test_a_broken_esco_is_refused_in_danish(
    tmp_path: Path, occupation: tuple[str, ...] | None, relation: tuple[str, ...] | None, message: str
) -> None:
    package = write_esco(
        tmp_path,
        occupations=[occupation or (f"{URI}{'0' * 36}", "kok", "")],
        relations=[relation] if relation else [],
    )
    with pytest.raises(SourceError, match=message):
        read_esco(package)


def test_an_import_is_taken_into_use_by_a_process_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_SETTING, str(tmp_path / "used"))
    assert occupations().version.origin == "shipped"
    taken_in(onet=write_onet(tmp_path / "onet")).write(tmp_path / "used")
    assert (occupations().version.origin, occupations().version.onet) == ("imported", "30.1")
    assert "O*NET 30.1" in module.attributions()[0].text.da


def test_an_imported_table_can_be_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBBRO_DATA", str(tmp_path))
    monkeypatch.delenv(FOLDER_SETTING)
    assert module.imported_folder() == tmp_path / "occupations"
    (tmp_path / "occupations").mkdir()
    (tmp_path / "occupations" / TABLE).write_text("a table")
    assert module.folder_in_use() == tmp_path / "occupations"
    monkeypatch.setenv(FOLDER_SETTING, module.USE_SHIPPED)
    assert (module.imported_folder(), module.folder_in_use()) == (tmp_path / "occupations", SHIPPED)


def test_a_write_that_fails_leaves_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Imported(occupations=(), files={TABLE: b"after"})
    used = tmp_path / "used"
    used.mkdir()
    (used / TABLE).write_text("before")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        made.write(used)
    assert [(path.name, path.read_text()) for path in used.iterdir()] == [(TABLE, "before")]


@pytest.mark.parametrize(
    ("name", "version"),
    [("db_30_1_text", "30.1"), ("ESCO - v1.2.0 - csv", "1.2.0"), ("packages", "ukendt")],
)
def test_the_version_is_read_from_the_name_of_the_folder(tmp_path: Path, name: str, version: str) -> None:
    assert version_in(tmp_path / name) == version


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# origin: shipped", "# origin: mine", "linje 1, origin: skal være"),
        ("# onet: 18.1\n", "", "onet: linjen findes ikke"),
        ("code,title", "kode,title", "kolonnerne er ikke dem"),
        (",same_name,1,4.00,3,", ",same_name,1,4.00,7,", "lifting: '7' er ikke en af"),
        (",same_code,same_name,1,4.00,3,", ",by_magic,same_name,1,4.00,3,", "reached: 'by_magic' er ikke en af"),
        ("0210.2,Sergent", "0110.2,Sergent", "code: 0110.2 står der to gange"),
    ],
)
def test_a_table_spoilt_by_hand_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (SHIPPED / TABLE).read_text()
    assert old in text
    (tmp_path / TABLE).write_text(text.replace(old, new, 1))
    with pytest.raises(SourceError, match=message):
        read_table(tmp_path / TABLE)
