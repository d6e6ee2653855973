"""The bench of titles measures as trec_eval does, and says when something else was measured."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import titles
from benchmarks._titles_peers import bm25, character_tfidf
from jobbro.cli.errors import CommandFailed
from jobbro.cli.main import main

LABELS = ("kok", "kokkeelev", "bager", "rengøringsassistent", "rengøringsdame", "bus chauffør", "buschauffør")
CONCEPTS = (0, 0, 1, 2, 2, 3, 3)
QUERIES = (("Kok", (0,)), ("Rengoringsassistent", (3, 4)), ("Buschauffør", (5, 6)), ("Bagersvend", (2,)))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    def write(name: str, rows: list[tuple[str, ...]]) -> None:
        (tmp_path / name).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")

    write("corpus_elements.tsv", [(f"C{at}", label) for at, label in enumerate(LABELS)])
    write("concept_mapping.tsv", [(f"C{at}", f"uri/{concept}") for at, concept in enumerate(CONCEPTS)])
    write("queries.tsv", [(f"Q{at}", query) for at, (query, _) in enumerate(QUERIES)])
    write(
        "annotations.tsv", [(f"Q{at}", "0", f"C{one}", "1") for at, (_, right) in enumerate(QUERIES) for one in right]
    )
    return tmp_path


def test_it_finds_all_of_a_small_set(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "titles", "--data", str(small), "--size", "M", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["plain"]["jobbro"]["mrr_all"] == 1.0
    assert figures["baselines_as_reported"] is None
    assert set(figures["changed"]) == {"misspelt 1", "compounds taken apart", "without Danish letters"}
    assert (figures["queries"], figures["labels"]) == (4, 7)


def test_it_prints_a_table(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "titles", "--data", str(small)]) == 0
    assert "character TF-IDF" in capsys.readouterr().out


def test_it_says_what_it_needs(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "titles"]) == 2
    assert "needs --data FOLDER" in capsys.readouterr().err
    (small / "queries.tsv").unlink()
    with pytest.raises(CommandFailed, match=r"queries\.tsv of the MELO set cannot be read"):
        titles.read_set(small)


def test_ties_go_to_the_greater_id_and_only_a_hundred_are_looked_at() -> None:
    order = np.arange(3)
    same = np.array([0.5, 0.5, 0.500001])
    assert titles.first_right(same, right=np.array([2]), id_order=order) == 1
    assert titles.first_right(same, right=np.array([0]), id_order=order) == 3
    scores = np.linspace(1, 0, 150)
    assert titles.first_right(scores, right=np.array([99]), id_order=np.arange(150)[::-1]) == 100
    assert titles.first_right(scores, right=np.array([100]), id_order=np.arange(150)[::-1]) == 0


def test_figures_count_what_was_not_found_as_nothing() -> None:
    found = titles.figures_of(np.array([1, 0, 2, 11]))
    assert found["mrr_all"] == round((1 + 0 + 1 / 2 + 1 / 11) / 4, 4)
    assert found["success_all"] == 0.5
    assert (found["mrr_half_1"], found["success_half_2"]) == (0.75, 0.0)


def test_a_baseline_that_does_not_come_out_as_reported_stops_the_bench() -> None:
    with pytest.raises(AssertionError, match="not as reported"):
        titles._as_reported({"character TF-IDF": {"mrr_all": 0.5, "success_all": 0.7}})


def test_the_baselines_rank_by_shared_runs_and_by_whole_words() -> None:
    assert int(np.argmax(character_tfidf(LABELS)("bagersvend"))) == 2
    words = bm25(LABELS)("chauffør")
    assert words[5] > 0 == words[6]
