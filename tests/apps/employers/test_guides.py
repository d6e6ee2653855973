"""The guides for hiring managers are whole, plain, tied to needs, and say where the law comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jobbro.apps.employers.guides import Guide, guides, read_guides
from jobbro.apps.employers.guides.reading import FOLDER
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.lix import lix
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS

GUIDES = guides()
MEASURES = {entry.code: entry for entry in catalogue().entries}
FORBIDDEN = re.compile(
    r"autis|adhd|aspergers?|depress|skizo|demens|dementia|sclero|epilep|diabet|cancer|gigt|dyslex|ordblind|ptsd|bipolar|"
    r"angst|anxiety|diagnos|lidelse|disorder|patient|manglende|svag\b|svage\b|begrænsning|nedsat|målgruppe|jobcenter|skånehensyn",
    re.IGNORECASE,
)
# Words of the law: only in lines that name their source.
LEGAL = re.compile(r"handicap|disab|\blov(en)?\b|\bpligt(en)?\b|§|\bthe law\b|\bduty\b", re.IGNORECASE)


def test_there_is_a_guide_for_every_area_and_every_phase() -> None:
    own = {guide.areas[0]: guide for guide in GUIDES.guides if guide.code.startswith("help_")}
    assert tuple(own) == AREAS
    assert all(guide.phase == "accommodation" and guide.areas == (area,) for area, guide in own.items())
    assert [phase.code for phase in GUIDES.phases] == [
        "conversation",
        "onboarding",
        "accommodation",
        "everyday",
        "hard",
    ]
    assert min(len(found) for found in GUIDES.by_phase.values()) >= 4


def test_a_guide_for_an_area_says_what_helps_what_to_say_and_whom_to_ring() -> None:
    for area in AREAS:
        guide = GUIDES.by_code[f"help_{area}"]
        assert 3 <= len(guide.of_kind("do")) <= 5, guide.code
        assert len(guide.of_kind("say")) == len(guide.of_kind("ring")) == 1
        assert guide.of_kind("text") and 3 <= len(guide.measures) <= 8


def test_measures_of_a_guide_relieve_its_areas() -> None:
    for area in AREAS:
        guide = GUIDES.by_code[f"help_{area}"]
        relieving = [code for code in guide.measures if area in MEASURES[code].measure.relief]
        assert len(relieving) >= 3, (guide.code, relieving)
    assert all(code in MEASURES for guide in GUIDES.guides for code in guide.measures)


def test_every_guide_ends_with_whom_to_ring() -> None:
    assert [guide.code for guide in GUIDES.guides if guide.lines[-1].kind != "ring"] == []
    ringing = [line.text.da for guide in GUIDES.guides for line in guide.of_kind("ring")]
    assert [text for text in ringing if "obformidler" not in text and "Ring" not in text] == []


def what_is_wrong(guide: Guide) -> list[str]:
    texts = [(line.text.da, line.text.en) for line in guide.lines]
    danish = " ".join(line.text.da for line in guide.lines)
    english = " ".join(line.text.en for line in guide.lines)
    sentences = [part for line in guide.lines for part in re.split(r"(?<=[.?!:]) ", line.text.da)]
    checks = {
        "LIX above 35": lix(danish) > 35,
        "a line is hard to read": any(lix(line.text.da) > 50 for line in guide.lines),
        "a sentence is too long": any(len(part.split()) > 22 for part in sentences),
        "a line does not end": any(not text.endswith((".", "?")) for pair in texts for text in pair),
        "a line is said twice": len({line.text.da for line in guide.lines}) < len(guide.lines),
        "forbidden word": bool(FORBIDDEN.search(f"{danish} {english} {guide.title.da} {guide.title.en}")),
        "law without a source": any(
            LEGAL.search(f"{line.text.da} {line.text.en}") for line in guide.lines if line.source is None
        ),
        "law in the title": bool(LEGAL.search(f"{guide.title.da} {guide.title.en}")),
        "too long": not 4 <= len(guide.lines) <= 15,
    }
    return [f"{guide.code}: {name}" for name, found in checks.items() if found]


def test_every_guide_reads_well() -> None:
    assert [wrong for guide in GUIDES.guides for wrong in what_is_wrong(guide)] == []


def test_titles_are_not_used_twice() -> None:
    for language in ("da", "en"):
        titles = [guide.title.in_language(language) for guide in GUIDES.guides]
        assert len(set(titles)) == len(titles)


def test_what_one_may_ask_names_its_law_and_that_nobody_has_opened_it() -> None:
    guide = GUIDES.by_code["what_you_may_ask"]
    assert "§ 2" in guide.sources[0].title
    assert all(source.url.startswith("https://") and not source.is_confirmed for source in guide.sources)
    assert guide.of_kind("ask") and guide.of_kind("dont_ask")
    assert len(guide.sources) == 2


def test_guides_for_needs_come_narrowest_first() -> None:
    found = GUIDES.for_areas(["hearing"])
    assert [guide.code for guide in found] == ["help_hearing", "meetings_for_all"]
    assert GUIDES.for_areas([]) == GUIDES.for_areas({"unknown"}) == ()
    both = GUIDES.for_areas({"hearing", "memory"})
    assert [guide.code for guide in both[:2]] == ["help_hearing", "help_memory"]
    assert "clear_instructions" in [guide.code for guide in both]


def test_guides_for_all_are_tied_to_no_area() -> None:
    codes = {guide.code for guide in GUIDES.for_all}
    assert {
        "prepare_the_conversation",
        "what_you_may_ask",
        "choose_fairly",
        "first_day",
        "what_colleagues_hear",
    } <= codes
    assert all(not guide.areas for guide in GUIDES.for_all)


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", GUIDES.version)
    assert read_guides(FOLDER, measures=MEASURES).version == GUIDES.version
    write(tmp_path)
    before = read_guides(tmp_path, measures=["trolley"]).version
    write(tmp_path, guide=GUIDE.replace("Spørg.", "Lyt."))
    assert read_guides(tmp_path, measures=["trolley"]).version != before


FRAME = """\
phases:
- {code: hard, da: Svært, en: Hard}
kinds:
- {code: do, da: Gør, en: Do}
sources:
- {code: law, title: Lov, url: "https://example.dk/", checked_on: 2026-11-22, confirmed: false}
"""
GUIDE = """\
guides:
- code: listen
  phase: hard
  title: {da: Lyt, en: Listen}
  areas: [hearing]
  measures: [trolley]
  body:
  - {kind: do, da: Spørg., en: Ask., source: law}
"""


def write(folder: Path, *, frame: str = FRAME, guide: str = GUIDE) -> None:
    (folder / "content").mkdir(exist_ok=True)
    (folder / "frame.yaml").write_text(frame, encoding="utf-8")
    (folder / "content" / "hard.yaml").write_text(guide, encoding="utf-8")


def test_a_good_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    guide = read_guides(tmp_path, measures=["trolley"]).by_code["listen"]
    assert (guide.areas, guide.measures, guide.sources[0].title) == (("hearing",), ("trolley",), "Lov")


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "reason"),
    [
        ("phase: hard", "phase: easy", 3, "guides[0].phase", "'easy' is not known here"),
        ("[hearing]", "[flying]", 5, "guides[0].areas[0]", "'flying' is not known here"),
        ("[hearing]", "[hearing, hearing]", 5, "guides[0].areas[1]", "given twice"),
        ("[hearing]", "[]", 5, "guides[0].areas", "at least one entry"),
        ("[trolley]", "[wings]", 6, "guides[0].measures[0]", "'wings' is not known here"),
        ("kind: do", "kind: sing", 8, "guides[0].body[0].kind", "'sing' is not known here"),
        ("source: law", "source: rumour", 8, "guides[0].body[0].source", "'rumour' is not known here"),
        ("da: Spørg., ", "", 8, "guides[0].body[0]", "the field 'da' is needed"),
        ("code: listen", "code: Lyt", 2, "guides[0].code", "is not a code"),
        ("  phase: hard\n", "  phase: hard\n  colour: red\n", 4, "guides[0].colour", "unknown field"),
    ],
)
def test_a_wrong_guide_is_refused(tmp_path: Path, old: str, new: str, line: int, field: str, reason: str) -> None:
    assert old in GUIDE
    write(tmp_path, guide=GUIDE.replace(old, new, 1))
    with pytest.raises(ContentError) as error:
        read_guides(tmp_path, measures=["trolley"])
    assert (error.value.file, error.value.line, error.value.field) == ("hard.yaml", line, field)
    assert reason in error.value.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("https://example.dk/", "http://example.dk/", "https address"),
        ("2026-11-22", "yesterday", "a date is expected"),
        ("confirmed: false", "confirmed: no", "true or false"),
        ("- {code: do, da: Gør, en: Do}", "- {code: do, da: Gør, en: Do}\n- {code: do, da: Gå, en: Go}", "given twice"),
    ],
)
def test_a_wrong_frame_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    write(tmp_path, frame=FRAME.replace(old, new, 1))
    with pytest.raises(ContentError, match=reason):
        read_guides(tmp_path, measures=["trolley"])


def test_a_code_twice_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "content" / "late.yaml").write_text(GUIDE, encoding="utf-8")
    with pytest.raises(ContentError, match=r"late.yaml, line 2, guides\[0\]: the code 'listen' is given twice"):
        read_guides(tmp_path, measures=["trolley"])
