"""The task library is whole, plain and judged alike; a wrong file is refused with its line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from jobbro.engines.needs import load_guide
from jobbro.engines.occupations.task_library import (
    RHYTHMS,
    STATUS_PREFILLED,
    LibraryTask,
    read_library,
    skills,
    task_library,
)
from jobbro.engines.occupations.task_library import reading as module
from jobbro.kernel.lix import lix
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS, SLOTS

LIBRARY = task_library()
# Diagnoses and words that belittle, as parts of words, in Danish and English.
FORBIDDEN = re.compile(
    r"autis|adhd|aspergers?|depress|demens|dementia|sclero|epilep|diabet|cancer|gigt|dyslex|ordblind|angst|anxiety|"
    r"diagnos|handicap|disab|manglende|svag\b|svage\b|begrænsning|nedsat|målgruppe|jobcenter|simpel|ufaglært|unskilled",
    re.IGNORECASE,
)


def test_there_are_tasks_for_every_kind_of_workplace() -> None:
    assert len(LIBRARY.tasks) >= 180
    assert len(LIBRARY.by_group["bakery"]) >= 30
    assert {group for group, tasks in LIBRARY.by_group.items() if len(tasks) < 10} == set()
    assert LIBRARY.status == STATUS_PREFILLED and "skøn" in LIBRARY.source.da


def test_a_task_is_found_by_its_code() -> None:
    task = LIBRARY.by_code["key_in_vouchers"]
    assert (task.group, task.rhythm, task.core, task.requires) == ("office", "several_a_week", False, ())
    assert {area: task.demand[area] for area in ("sitting", "numbers", "attention", "seeing")} == {
        "sitting": 3,
        "numbers": 2,
        "attention": 3,
        "seeing": 2,
    }
    shelves = LIBRARY.by_code["fill_shelves"].demand
    assert [shelves[area] for area in ("lifting", "standing", "walking", "bending_reaching")] == [3, 3, 2, 3]


def test_demands_name_the_areas_that_count_in_their_order() -> None:
    for task in LIBRARY.tasks:
        assert 4 <= len(task.demand) <= 14, task.code
        assert all(1 <= level <= 4 for level in task.demand.values())
        assert list(task.demand) == [area for area in AREAS if area in task.demand]


def test_every_area_and_every_level_is_in_use() -> None:
    assert [area for area in AREAS if not any(area in task.demand for task in LIBRARY.tasks)] == []
    assert {level for task in LIBRARY.tasks for level in task.demand.values()} == {1, 2, 3, 4}


def _has(task: LibraryTask, area: str) -> int:
    return task.demand.get(area, 0)


def what_does_not_fit(task: LibraryTask) -> list[str]:
    """Where the levels of one task cannot all be true, or leave out what another level carries with it."""

    def has(area: str) -> int:
        return _has(task, area)

    drives = {"driving_b", "driving_c", "driving_d", "driving_trailer", "forklift", "tractor"} & set(task.requires)
    rules = {
        "no posture": not (has("standing") or has("sitting") or has("walking")),
        "stands and sits most of the time": has("standing") >= 3 and has("sitting") >= 3,
        "talks without hearing": has("hearing") < min(has("speaking"), 2),
        "meets customers without talking": has("speaking") < {2: 1, 3: 2, 4: 2}.get(has("customer_contact"), 0),
        "meets customers without effort": has("mental_energy") < {3: 1, 4: 2}.get(has("customer_contact"), 0),
        "reads or counts without seeing": max(has("reading_writing"), has("numbers")) >= 2 and has("seeing") < 2,
        "moves or handles things without seeing": (has("hand_use") or has("walking") >= 2) and not has("seeing"),
        "lifts without hands": has("hand_use") < {1: 1, 2: 2, 3: 2, 4: 2}.get(has("lifting"), 0),
        "drives without hands": bool(drives) and has("hand_use") < 2,
        "writes at a desk without hands": task.place == "office" and has("reading_writing") >= 2 > has("hand_use"),
        "lifts without stamina": has("stamina") < {3: 2, 4: 3}.get(has("lifting"), 0),
        "walks without stamina": has("stamina") < {3: 1, 4: 2}.get(has("walking"), 0),
        "bends all the time without stamina": has("bending_reaching") == 4 and has("stamina") < 2,
        "outdoors without weather": task.place == "outdoors" and has("climate_tolerance") < 2,
        "cold store without cold": task.place == "cold_store" and has("climate_tolerance") < 3,
        "drives without sight and attention": bool(drives) and min(has("seeing"), has("attention")) < 4,
        "decisive attention without effort": has("attention") == 4 and has("mental_energy") < 2,
        "noise without effort": has("sensory_tolerance") >= 3 and has("mental_energy") < 1,
        "machine sets the pace without attention": has("pace") == 4 and min(has("attention"), has("stress") + 1) < 2,
        "teamwork without words": has("cooperation") >= 3 and not has("speaking"),
    }
    return [f"{task.code}: {name}" for name, broken in rules.items() if broken]


def test_levels_of_a_task_fit_together() -> None:
    assert [wrong for task in LIBRARY.tasks for wrong in what_does_not_fit(task)] == []


# A task asks at least as much in the area as the next one; judged once by hand, held here.
LADDERS: Mapping[str, tuple[str, ...]] = {
    "lifting": ("carry_flour_sacks", "fill_shelves", "pack_parcels", "fold_laundry", "fold_cake_boxes"),
    "standing": ("pack_products", "serve_bakery_customers", "copy_and_print", "file_documents", "do_bookkeeping"),
    "sitting": ("drive_ride_on_mower", "key_in_vouchers", "peel_vegetables", "print_and_stick_labels", "mop_floors"),
    "walking": ("mow_lawn", "pick_orders", "fill_shelves", "check_dates_bakery", "key_in_vouchers"),
    "bending_reaching": ("weed_beds", "fill_shelves", "sort_empty_bottles", "line_trays", "make_sandwiches"),
    "hand_use": ("assemble_parts", "pack_cakes", "fill_shelves", "count_shop_stock", "read_aloud_to_residents"),
    "stamina": ("muck_out", "mop_floors", "vacuum_floors", "sweep_shop_floor", "fold_cake_boxes"),
    "seeing": ("drive_forklift", "check_products", "key_in_vouchers", "wash_baking_trays", "line_trays"),
    "hearing": ("answer_phone_office", "wait_tables", "serve_at_till", "clear_cafe_tables", "fill_shelves"),
    "climate_tolerance": ("muck_out", "weed_beds", "wash_baking_trays", "vacuum_floors", "fold_laundry"),
    "attention": ("drive_forklift", "key_in_vouchers", "fill_moulds", "pack_letters", "fill_shelves", "fold_laundry"),
    "reading_writing": ("proofread_texts", "answer_standard_mail", "key_in_vouchers", "pack_letters", "fold_laundry"),
    "numbers": ("do_bookkeeping", "register_invoices", "key_in_vouchers", "count_bakery_stock", "pack_cakes"),
    "pace": ("pack_products", "serve_bakery_customers", "fill_shelves", "line_trays"),
    "customer_contact": ("serve_bakery_customers", "take_bakery_orders", "clear_cafe_tables", "fill_shelves"),
}


@pytest.mark.parametrize("area", LADDERS)
def test_tasks_stand_in_order_in_an_area(area: str) -> None:
    levels = [(code, _has(LIBRARY.by_code[code], area)) for code in LADDERS[area]]
    # The order itself is the promise; equal neighbours are fine.
    assert [level for _, level in levels] == sorted((level for _, level in levels), reverse=True), levels


def what_reads_badly(task: LibraryTask) -> list[str]:
    texts = (task.name.da, task.name.en, task.description.da, task.description.en)
    checks = {
        "LIX above 35": lix(task.description.da) > 35,
        "more than two sentences": max(text.count(".") for text in texts[2:]) > 2,
        "does not say du": not task.description.da.startswith("Du "),
        "does not say you": not task.description.en.startswith("You "),
        "no full stop": not all(text.endswith(".") for text in texts[2:]),
        "name is a sentence": any(text.endswith(".") or len(text) > 60 for text in texts[:2]),
        "forbidden word": any(FORBIDDEN.search(text) for text in texts),
    }
    return [f"{task.code}: {name}" for name, found in checks.items() if found]


def test_every_task_reads_well() -> None:
    assert [wrong for task in LIBRARY.tasks for wrong in what_reads_badly(task)] == []
    assert FORBIDDEN.search("Simpelt arbejde")


@pytest.mark.parametrize("language", ["da", "en"])
def test_names_are_not_used_twice(language: str) -> None:
    for named in (LIBRARY.tasks, LIBRARY.groups, LIBRARY.places, LIBRARY.skills):
        names = [entry.name.in_language(language).casefold() for entry in named]
        assert len(set(names)) == len(names)


def test_a_name_is_given_in_two_languages_only() -> None:
    with pytest.raises(ValueError, match="no text in 'sv'"):
        LIBRARY.tasks[0].name.in_language("sv")


def test_hours_of_a_week_follow_rhythm_and_half_days() -> None:
    hours = {code: LIBRARY.by_code[code].hours_a_week for code in ("line_trays", "fill_shelves", "count_shop_stock")}
    # Half an hour on seven mornings; two hours on six; two hours twelve times a year.
    assert hours == {"line_trays": 3.5, "fill_shelves": 12, "count_shop_stock": 0.46}
    for task in LIBRARY.tasks:
        assert task.rhythm in RHYTHMS and set(task.slots) <= set(SLOTS)
        assert task.slots == tuple(slot for slot in SLOTS if slot in task.slots)
        assert 0 < task.hours_a_week <= 28, task.code


def test_a_turn_fits_into_the_half_days_of_a_day() -> None:
    for task in LIBRARY.tasks:
        halves = max(sum(slot.startswith(day) for slot in task.slots) for day in ("mon", "sat", "wed", "thu"))
        assert task.hours <= 4 * halves, task.code


def test_skills_hold_those_of_the_dialogue_with_their_names() -> None:
    topic = load_guide().by_code["licences"]
    known = {skill.code: skill.name for skill in skills()}
    for code in topic.choices:
        if code not in topic.alone:
            assert known[code].da == topic.wordings["da"].choices[code]
            assert known[code].en == topic.wordings["en"].choices[code]


def test_a_skill_is_asked_for_only_where_it_is_needed() -> None:
    asking = {task.code: task.requires for task in LIBRARY.tasks if task.requires}
    assert len(asking) < len(LIBRARY.tasks) / 10
    # Since 2018 food is a matter of instruction at the workplace, not of a certificate: docs/task-library.md.
    assert not any("food_hygiene" in requires for requires in asking.values())


def test_words_find_tasks_beginnings_first() -> None:
    assert [task.code for task in LIBRARY.search("hylder", limit=1)] == ["fill_shelves"]
    assert [task.code for task in LIBRARY.search("  GULVE vaske ", limit=2)] == ["mop_floors", "drive_floor_machine"]
    assert [task.code for task in LIBRARY.search("forklift", language="en")] == ["drive_forklift"]
    assert LIBRARY.search("rumskib") == LIBRARY.search("  ") == ()
    assert len(LIBRARY.search("du", limit=5)) == 5


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", LIBRARY.version)
    before = small_library(tmp_path)
    file = tmp_path / "groups" / "bakery.yaml"
    file.write_text(file.read_text().replace("hours: 1", "hours: 2"))
    assert read_library(tmp_path).version != before


LIBRARY_FILE = """\
status: prefilled
source: {da: Skøn., en: Judgement.}
groups:
- {code: bakery, da: Bageri, en: Bakery}
places:
- {code: kitchen, da: Køkken, en: Kitchen}
"""
SKILLS_FILE = "skills:\n- {code: forklift, da: Truck, en: Forklift}\n"
TASKS_FILE = """\
tasks:
- code: wash_trays
  name: {da: Vaske plader, en: Wash trays}
  text: {da: Du vasker plader., en: You wash trays.}
  place: kitchen
  hours: 1
  rhythm: daily
  when: weekday_mornings
  demand: {lifting: 2, standing: 3, hand_use: 2, seeing: 1}
  requires: [forklift]
  core: true
"""


def small_library(folder: Path) -> str:
    (folder / "groups").mkdir(exist_ok=True)
    (folder / "library.yaml").write_text(LIBRARY_FILE, encoding="utf-8")
    (folder / "skills.yaml").write_text(SKILLS_FILE, encoding="utf-8")
    (folder / "groups" / "bakery.yaml").write_text(TASKS_FILE, encoding="utf-8")
    return read_library(folder).version


def test_a_good_folder_is_read(tmp_path: Path) -> None:
    small_library(tmp_path)
    task = read_library(tmp_path).by_code["wash_trays"]
    assert (task.group, task.place, task.requires, task.core) == ("bakery", "kitchen", ("forklift",), True)
    assert task.hours_a_week == 5


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "reason"),
    [
        ("hours: 1\n", "hours: 1\n  colour: red\n", 7, "tasks[0].colour", "unknown field"),
        ("  hours: 1\n", "", 2, "tasks[0]", "the field 'hours' is needed"),
        ("hours: 1", "hours: 1\n  hours: 2", 7, "tasks[0].hours", "given twice"),
        ("hours: 1", "hours: 0", 6, "tasks[0].hours", "quarters from 0.25"),
        ("hours: 1", "hours: 9", 6, "tasks[0].hours", "quarters from 0.25"),
        ("hours: 1", "hours: 1.1", 6, "tasks[0].hours", "quarters from 0.25"),
        ("hours: 1", "hours: .nan", 6, "tasks[0].hours", "finite number"),
        ("hours: 1", 'hours: "1"', 6, "tasks[0].hours", "finite number"),
        ("rhythm: daily", "rhythm: often", 7, "tasks[0].rhythm", "'often' is not known here"),
        ("when: weekday_mornings", "when: sunday", 8, "tasks[0].when", "'sunday' is not known here"),
        (
            "rhythm: daily\n  when: weekday_mornings",
            "rhythm: several_a_week\n  when: weekend",
            8,
            "tasks[0].when",
            "3 days",
        ),
        ("place: kitchen", "place: moon", 5, "tasks[0].place", "'moon' is not known here"),
        ("lifting: 2", "flying: 2", 9, "tasks[0].demand.flying", "unknown field"),
        ("lifting: 2", "lifting: 0", 9, "tasks[0].demand.lifting", "from 1 to 4, not 0"),
        ("lifting: 2", "lifting: 5", 9, "tasks[0].demand.lifting", "from 1 to 4, not 5"),
        ("lifting: 2", "lifting: null", 9, "tasks[0].demand.lifting", "not None"),
        ("lifting: 2, ", "", 9, "tasks[0].demand", "4 to 14 areas that count, not 3"),
        ("[forklift]", "[wings]", 10, "tasks[0].requires[0]", "'wings' is not known here"),
        ("core: true", "core: yes", 11, "tasks[0].core", "write true or false"),
        ("code: wash_trays", "code: Vaske", 2, "tasks[0].code", "is not a code"),
        ("{da: Vaske plader, ", "{", 3, "tasks[0].name", "the field 'da' is needed"),
        ("tasks:\n", "tasks: []\nmore:\n", 2, "more", "unknown field"),
    ],
)
def test_a_wrong_task_is_refused(tmp_path: Path, old: str, new: str, line: int, field: str, reason: str) -> None:
    small_library(tmp_path)
    file = tmp_path / "groups" / "bakery.yaml"
    assert old in TASKS_FILE
    file.write_text(TASKS_FILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_library(tmp_path)
    assert (error.value.file, error.value.line, error.value.field) == ("bakery.yaml", line, field)
    assert reason in error.value.reason


def test_a_code_twice_is_refused_in_any_file(tmp_path: Path) -> None:
    small_library(tmp_path)
    second = "- {code: second, da: To, en: Two}"
    (tmp_path / "library.yaml").write_text(LIBRARY_FILE.replace("places:", f"{second}\nplaces:"), encoding="utf-8")
    shutil.copy(tmp_path / "groups" / "bakery.yaml", tmp_path / "groups" / "second.yaml")
    with pytest.raises(ContentError, match=r"second.yaml, line 2, tasks\[0\]: the code 'wash_trays' is given twice"):
        read_library(tmp_path)


def test_groups_and_files_belong_together(tmp_path: Path) -> None:
    small_library(tmp_path)
    (tmp_path / "groups" / "stray.yaml").write_text(TASKS_FILE, encoding="utf-8")
    with pytest.raises(ContentError, match=r"stray.yaml, line 1.*no group"):
        read_library(tmp_path)
    (tmp_path / "groups" / "stray.yaml").unlink()
    (tmp_path / "groups" / "bakery.yaml").unlink()
    with pytest.raises(ContentError, match=r"library.yaml, line 4, groups\[0\]: there is no file"):
        read_library(tmp_path)


def test_a_library_is_always_a_prefill(tmp_path: Path) -> None:
    small_library(tmp_path)
    (tmp_path / "library.yaml").write_text(LIBRARY_FILE.replace("prefilled", "confirmed"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"library.yaml, line 1, status: must be 'prefilled'"):
        read_library(tmp_path)


def test_the_shipped_folder_is_the_one_that_is_read() -> None:
    assert read_library(module.FOLDER).version == LIBRARY.version
