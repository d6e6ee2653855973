"""`jobbro schemes docs`: the law book is what the rules say."""

from pathlib import Path

import pytest

from jobbro.cli.database import PROJECT
from jobbro.cli.main import main
from jobbro.cli.schemes.law_book import law_book
from jobbro.engines.schemes.loading import FOLDER, load_package
from jobbro.engines.schemes.rules import leaves

BOOK = PROJECT / "docs" / "lovbog"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return dict(law_book(load_package(), folder=FOLDER))


def test_the_law_book_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["schemes", "docs", "--check", "--out", str(BOOK)])

    assert status == 0, capsys.readouterr().out


def test_there_is_a_page_for_every_scheme_and_one_that_lists_them(pages: dict[str, str]) -> None:
    schemes = load_package().schemes

    assert set(pages) == {f"{code}.md" for code in schemes} | {"README.md", "rimelig-tilpasning.md"}
    assert all(f"({code}.md)" in pages["README.md"] for code in schemes)


def test_every_condition_stands_with_its_id_and_how_sure_it_is(pages: dict[str, str]) -> None:
    for code, scheme in load_package().schemes.items():
        for leaf in (leaf for version in scheme.versions for leaf in leaves(version.outcome)):
            assert f"`{leaf.id}`" in pages[f"{code}.md"]
            if leaf.note is not None:
                assert leaf.note.da in pages[f"{code}.md"]


def test_no_code_of_a_value_is_left_in_a_sentence(pages: dict[str, str]) -> None:
    assert not any("{p." in text or "p.isbryder" in text for text in pages.values())
    assert "den gennemførte uddannelse varer mindst 18 måneder" in pages["isbryder.md"]


def test_a_page_that_has_changed_is_written_and_one_without_a_scheme_taken_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schemes", "docs", "--out", str(tmp_path)]) == 0
    (tmp_path / "isbryder.md").write_text("noget andet", encoding="utf-8")
    (tmp_path / "gone.md").write_text("gammel", encoding="utf-8")

    assert main(["schemes", "docs", "--check", "--out", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "isbryder.md is not what the rules say" in shown and "gone.md" in shown

    assert main(["schemes", "docs", "--out", str(tmp_path)]) == 0
    assert "1 written, 1 taken away" in capsys.readouterr().out
    assert main(["schemes", "docs", "--check", "--out", str(tmp_path)]) == 0
