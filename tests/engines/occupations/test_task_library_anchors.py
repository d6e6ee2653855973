"""The yardstick and the starting sets: every level has a sentence, every set can be carved from."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobbro.engines.occupations.task_library import ChainTemplate, anchors, read_templates, task_library, templates
from jobbro.engines.occupations.task_library.reading import FOLDER, LEVELS, read_anchors
from jobbro.kernel.lix import lix
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS

LIBRARY = task_library()
DOCUMENT = Path(__file__).parents[3] / "docs" / "task-library.md"


def test_every_level_of_every_area_has_a_sentence_in_both_languages() -> None:
    assert tuple(anchors()) == AREAS
    for anchor in anchors().values():
        assert tuple(anchor.levels) == LEVELS
        for language in ("da", "en"):
            sentences = [anchor.levels[level].in_language(language) for level in LEVELS]
            assert len(set(sentences)) == 4
            assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in sentences)
        assert lix(" ".join(anchor.levels[level].da for level in LEVELS)) <= 35, anchor.area


def test_a_level_without_an_example_is_one_that_no_task_has() -> None:
    for anchor in anchors().values():
        for level in LEVELS:
            used = any(task.demand.get(anchor.area) == level for task in LIBRARY.tasks)
            assert bool(anchor.examples[level]) == used, (anchor.area, level)


def test_an_example_with_another_level_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "anchors.yaml").read_text(encoding="utf-8")
    file = tmp_path / "anchors.yaml"
    file.write_text(text.replace("[front_shelves, fold_laundry]", "[front_shelves, load_van]"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"line 7, lifting.level_1.tasks\[1\]: 'load_van' has level 4 here"):
        read_anchors(file, library=LIBRARY)
    file.write_text(text.replace("[front_shelves, fold_laundry]", "[front_shelves, fly]"), encoding="utf-8")
    with pytest.raises(ContentError, match="'fly' is not known here"):
        read_anchors(file, library=LIBRARY)


def test_the_document_shows_the_sentences() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    missing = [
        (anchor.area, level) for anchor in anchors().values() for level in LEVELS if anchor.levels[level].da not in text
    ]
    assert missing == []
    assert f"{len(LIBRARY.tasks)} tasks" in text and f"{len(templates())} starting sets" in text


def _template(code: str) -> ChainTemplate:
    return next(template for template in templates() if template.code == code)


def test_workplaces_of_several_kinds_can_start_from_a_set() -> None:
    codes = [template.code for template in templates()]
    assert {"bakery_shop", "grocery", "canteen", "cleaning_team", "office"} <= set(codes)
    assert len(set(codes)) == len(codes)
    assert len(_template("bakery_shop").tasks) >= 25


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.code)
def test_a_set_can_be_carved_from(template: ChainTemplate) -> None:
    posts = {post.code for post in template.posts}
    assert {task.post for task in template.tasks} == posts
    # Somebody skilled keeps work, and somebody has something to give.
    assert any(not task.task.core for task in template.tasks)
    assert sum(task.hours_a_week for task in template.tasks) > 37
    assert lix(template.description.da) <= 35 and template.description.en.endswith(".")


def test_a_set_takes_hours_and_rhythm_of_the_library_unless_it_says_otherwise() -> None:
    by_code = {task.task.code: task for task in _template("bakery_shop").tasks}
    assert (by_code["line_trays"].hours, by_code["line_trays"].hours_a_week) == (0.5, 3.5)
    assert (by_code["mix_dough"].hours, LIBRARY.by_code["mix_dough"].hours) == (3, 2)


TEMPLATE = """\
templates:
- code: small
  name: {da: Lille, en: Small}
  text: {da: Et sted., en: A place.}
  posts:
  - {code: baker, da: Bager, en: Baker}
  tasks:
  - {task: line_trays, post: baker, hours: 1, rhythm: weekly, when: midweek}
  - {task: mix_dough, post: baker}
"""


def test_a_good_set_is_read(tmp_path: Path) -> None:
    file = tmp_path / "templates.yaml"
    file.write_text(TEMPLATE, encoding="utf-8")
    (template,) = read_templates(file, library=LIBRARY)
    assert [(task.hours, task.rhythm) for task in template.tasks] == [(1, "weekly"), (2, "daily")]
    assert template.tasks[0].slots == ("tue_am", "tue_pm", "wed_am", "wed_pm", "thu_am", "thu_pm")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("task: mix_dough", "task: fly", 9, "'fly' is not known here"),
        ("task: mix_dough", "task: line_trays", 9, "'line_trays' is given twice"),
        ("post: baker}", "post: pilot}", 9, "'pilot' is not known here"),
        (", when: midweek", "", 8, "rhythm and when change together"),
        ("hours: 1", "hours: 0.1", 8, "quarters from 0.25"),
        ("{da: Lille, en: Small}", "Small", 3, "a map is expected"),
    ],
)
def test_a_wrong_set_is_refused(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    file = tmp_path / "templates.yaml"
    file.write_text(TEMPLATE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_templates(file, library=LIBRARY)
    assert (error.value.line, reason in error.value.reason) == (line, True), str(error.value)
