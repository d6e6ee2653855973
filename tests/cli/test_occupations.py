"""`jobbro occupations`: looked up, searched, made anew and imported; what is wrong is a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobbro.cli.main import main
from jobbro.engines.occupations.derived import TABLE
from tests.engines.occupations.conftest import EXTRACT
from tests.engines.occupations.packages import write_onet


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBBRO_OCCUPATIONS", str(tmp_path / "used"))


def test_show_tells_levels_certainty_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["occupations", "show", "Social-", "og", "sundhedshjælper"]) == 0
    shown = capsys.readouterr().out
    assert "5322.1  Social- og sundhedshjælper" in shown
    assert (
        "Løfte og bære                       3  omtrent     O*NET tæller ting, der løftes, men ikke mennesker." in shown
    )
    assert "skal bekræftes af et menneske" in shown
    assert "O*NET 18.1" in shown


def test_show_says_when_there_is_no_profile(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["occupations", "show", "0110.2"]) == 0
    assert "Ingen data fører til denne stilling." in capsys.readouterr().out


def test_show_suggests_what_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["occupations", "show", "sygplejeske"]) == 1
    assert "Did you mean Sygeplejerske (2221.2)" in capsys.readouterr().err


def test_search_prints_the_titles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["occupations", "search", "bus", "chauffør", "--limit", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].split() == ["8331.1", "Buschauffør", "same_name", "Buschauffør"]
    assert main(["occupations", "search", "xyzzy"]) == 1


def test_derive_writes_unless_it_is_only_a_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "made" / TABLE
    arguments = ["occupations", "derive", "--from", str(EXTRACT), "--out", str(table), "--date", "2026-11-22"]
    assert main([*arguments, "--dry-run"]) == 0
    assert "nothing is written" in capsys.readouterr().out
    assert not table.parent.exists()
    assert main(arguments) == 0
    assert "23 titles, 22 with a profile" in capsys.readouterr().out
    assert table.read_text().startswith("# origin: shipped\n# onet: 18.1\n")


def test_derive_tells_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["occupations", "derive", "--from", str(tmp_path), "--out", str(tmp_path / TABLE)]) == 1
    assert "onet_data.csv, linje 1: filen kan ikke læses" in capsys.readouterr().err


def test_import_takes_a_package_into_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = write_onet(tmp_path / "db_30_1_text", styles_scale="WI")
    arguments = ["occupations", "import", "--onet", str(package), "--date", "2026-11-22"]
    assert main([*arguments, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "not measured on the scale of the rules: Work_Styles / Cooperation" in told
    assert "areas that rest on fewer elements: attention, stress, change, cooperation" in told
    assert not (tmp_path / "used").exists()
    assert main(arguments) == 0
    capsys.readouterr()
    assert main(["occupations", "show", "9112.2"]) == 0
    shown = capsys.readouterr().out
    assert "O*NET 30.1, ESCO 1.0.8, lavet 2026-11-22 (imported)" in shown
    assert "måler ikke længere hele området" in shown


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, "Name at least one package"),
        (["--onet", "nowhere"], 1, "nowhere is not a folder"),
        (["--esco", "."], 1, "occupations_da.csv, linje 1: filen kan ikke læses"),
    ],
)
def test_import_refuses_in_a_sentence(
    arguments: list[str], status: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["occupations", "import", *arguments]) == status
    assert message in capsys.readouterr().err


def test_it_starts_without_django() -> None:
    search = "from jobbro.cli.main import main; main(['occupations', 'search', 'kok'])"
    code = f"import sys; {search}; print('django' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "."}
    )
    assert answer.stdout.splitlines()[-1] == "False"
