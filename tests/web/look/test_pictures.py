"""The pictures show as many planks as were given, and their table says the same."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as Xml

import pytest
from django.template import Context, Template
from django.utils.translation import override

from jobbro.kernel.vocabulary import AREAS, GROUPS
from jobbro.webkit.charts import BridgeRow, NeedRow, bridge_svg, profile_svg
from jobbro.webkit.charts.bridge import UnevenPlanks
from jobbro.webkit.charts.needs import UnknownNeed
from jobbro.webkit.charts.planks import hatch_path
from jobbro.webkit.labels import AREA_LABELS, GROUP_LABELS, LEVEL_WORDS

ROWS = (
    BridgeRow(area="Lifting", demand=3, solid=1, hatched=2, measure="Personal assistance", payer="paid by the scheme"),
    BridgeRow(area="Contact", demand=1, solid=1),
    BridgeRow(area="Pace", demand=4, solid=2, missing=2),
    BridgeRow(area="Memory", demand=2, is_open=True, payer="ask when you talk about the job"),
    BridgeRow(area="Seeing", demand=0),
)
NEEDS = (
    NeedRow(area="lifting", level=1, words="My back gives in after an hour"),
    NeedRow(area="hearing", level=0),
    NeedRow(area="memory", level=None, status="wont_say"),
    NeedRow(area="cooperation", level=4),
)
SVG = "{http://www.w3.org/2000/svg}"


class Table(HTMLParser):
    """The cells of the only table in a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_cell = False
        self.feed(text[text.index("<table") : text.index("</table>")])
        self.rows = [[" ".join(cell.split()) for cell in row] for row in self.rows]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.is_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.is_cell = self.is_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.is_cell:
            self.rows[-1][-1] += data


def _render(source: str, **context: object) -> str:
    with override("en"):
        return Template("{% load jobbro %}" + source).render(Context(context))


def _bridge() -> str:
    return _render("{% bridge rows 'Anna and the packing hall' 'Fits with support.' %}", rows=ROWS)


def _planks(text: str, kind: str) -> int:
    return len(re.findall(rf'class="plank-{kind}"', text))


def _drawn_rows(text: str) -> list[str]:
    return re.findall(r'<li class="bridge-row">.*?</li>', text, flags=re.DOTALL)


def test_bridge_draws_each_plank_once_and_fills_up_to_four() -> None:
    for row, drawn in zip(ROWS, _drawn_rows(_bridge()), strict=True):
        assert _planks(drawn, "solid") == row.solid
        assert _planks(drawn, "hatched") == _planks(drawn, "hatch") == row.hatched
        assert _planks(drawn, "hollow") == row.missing
        assert _planks(drawn, "dashed") == (row.demand if row.is_open else 0)
        assert _planks(drawn, "none") == 4 - row.demand


def test_bridge_table_says_what_the_picture_shows() -> None:
    assert Table(_bridge()).rows[1:] == [
        ["Lifting", "3", "1", "2", "0", "Personal assistance", "paid by the scheme"],
        ["Contact", "1", "1", "0", "0", "no support needed", "–"],
        ["Pace", "4", "2", "0", "2", "no support found yet", "–"],
        [
            "Memory",
            "2",
            "not talked about yet",
            "not talked about yet",
            "2",
            "not talked about yet",
            "ask when you talk about the job",
        ],
        ["Seeing", "0", "0", "0", "0", "no support needed", "–"],
    ]


def test_bridge_has_title_sentence_and_words_for_every_row() -> None:
    text = _bridge()
    assert "<h2>Anna and the packing hall</h2>" in text
    assert "Fits with support." in text
    assert "The work asks for 3 planks. 1 without support. 2 with support." in text
    assert "The work asks for 2 planks. Nobody has talked about this yet." in text
    assert "style=" not in text


def test_bridge_folds_rows_that_need_nothing_and_keeps_them_in_the_table() -> None:
    text = _render("{% bridge rows 't' 's' folds_calm=True %}", rows=ROWS)
    calm = [row for row in ROWS if not (row.hatched or row.missing or row.is_open)]
    assert calm, "a row that needs nothing"
    open_part, fold = text.split('<details class="fold">', 1)
    folded = fold.split("</details>", 1)[0]
    assert len(_drawn_rows(open_part)) == len(ROWS) - len(calm)
    assert len(_drawn_rows(folded)) == len(calm) and f"{len(calm)} area" in folded
    assert len(Table(text).rows) == len(ROWS) + 1


def test_bridge_shows_only_marks_that_occur_in_its_key() -> None:
    key = _render("{% bridge rows 't' 's' %}", rows=ROWS[:1]).split("</ul>")[0]
    assert _planks(key, "solid") == _planks(key, "hatched") == 1
    assert _planks(key, "hollow") == _planks(key, "dashed") == 0


@pytest.mark.parametrize(
    "planks",
    [
        {"demand": 5, "solid": 5},
        {"demand": 3, "solid": 1},
        {"demand": 2, "solid": 3, "missing": -1},
        {"demand": 2, "solid": 2, "is_open": True},
    ],
)
def test_bridge_row_refuses_planks_that_do_not_add_up(planks: dict[str, int]) -> None:
    with pytest.raises(UnevenPlanks):
        BridgeRow(area="Lifting", **planks)


def test_bridge_svg_is_valid_alone_and_counts_the_same() -> None:
    text = bridge_svg(rows=ROWS, title="The <bridge>", sentence="Fits & holds.", language="en")
    tree = Xml.fromstring(text)
    assert tree.findtext(f"{SVG}title") == "The <bridge>"
    assert "Lifting: The work asks for 3 planks." in (tree.findtext(f"{SVG}desc") or "")
    rows = [group for group in tree if (group.get("transform") or "").startswith("translate(310 ")]
    assert [len(group) - _hatches(group) for group in rows] == [4] * len(ROWS)
    assert [_hatches(group) for group in rows] == [row.hatched for row in ROWS]


def _hatches(group: Xml.Element) -> int:
    return sum(1 for mark in group if mark.get("class") == "plank-hatch")


def test_bridge_svg_breaks_long_words_beside_the_row_and_makes_room() -> None:
    long = BridgeRow(area="Lifting", demand=1, hatched=1, measure="support for many tasks " * 12, payer="the scheme")
    tree = Xml.fromstring(bridge_svg(rows=(long, ROWS[1]), title="t", sentence="s", language="en"))
    beside = [text for text in tree if text.get("x") == "662"]
    assert all(len(text.text or "") <= 50 for text in beside)
    heights = [int(text.get("y") or 0) for text in beside]
    assert heights == sorted(heights)
    assert len(set(heights)) == len(heights)


def test_bridge_svg_without_rows_still_says_its_sentence() -> None:
    assert "Nothing yet." in bridge_svg(rows=(), title="t", sentence="Nothing yet.", language="en")


def test_hatches_stay_inside_their_plank() -> None:
    numbers = [float(number) for number in re.findall(r"\d+\.\d", hatch_path(x=1, y=1, width=74, height=26))]
    assert min(numbers) >= 1
    assert max(numbers[0::2]) <= 75
    assert max(numbers[1::2]) <= 27


def _needs(*, only_known: bool = False) -> str:
    return _render("{% need_picture needs 'How it goes' only_known=only_known %}", needs=NEEDS, only_known=only_known)


def _drawn_needs(text: str) -> list[str]:
    return re.findall(r'<li class="need">.*?</li>', text, flags=re.DOTALL)


def test_profile_shows_all_areas_in_the_order_of_the_vocabulary() -> None:
    with override("en"):
        labels = [str(AREA_LABELS[area]) for area in AREAS]
    assert [row[0] for row in Table(_needs()).rows[1:]] == labels
    assert len(_drawn_needs(_needs())) == 24


def test_profile_planks_equal_the_level_and_unknown_is_never_drawn_as_a_level() -> None:
    lifting, hearing, memory, cooperation = _drawn_needs(_needs(only_known=True))
    assert (_planks(lifting, "solid"), _planks(lifting, "hollow")) == (1, 3)
    assert (_planks(hearing, "solid"), _planks(hearing, "hollow")) == (0, 4)
    assert (_planks(memory, "solid"), _planks(memory, "hollow"), _planks(memory, "dashed")) == (0, 0, 4)
    assert (_planks(cooperation, "solid"), _planks(cooperation, "hollow")) == (4, 0)


def test_profile_table_says_what_the_picture_shows() -> None:
    rows = {row[0]: row[1:] for row in Table(_needs(only_known=True)).rows[1:]}
    assert rows["Lifting and carrying"] == ["very hard", "1 of 4", "My back gives in after an hour"]
    assert rows["Hearing"] == ["I cannot do that", "0 of 4", "–"]
    assert rows["Remembering"] == ["would rather not say", "not known", "–"]
    assert "20 areas are not talked about yet." in _needs(only_known=True)


def test_profile_svg_is_valid_alone_with_four_planks_an_area() -> None:
    tree = Xml.fromstring(profile_svg(needs=NEEDS, title="Needs", language="en"))
    assert tree.findtext(f"{SVG}title") == "Needs"
    rows = [group for group in tree if (group.get("transform") or "").startswith("translate(330 ")]
    assert [len(group) for group in rows] == [4] * 24


@pytest.mark.parametrize(
    ("area", "level", "status"), [("dancing", 1, ""), ("lifting", 5, ""), ("lifting", None, "lost")]
)
def test_profile_refuses_what_the_vocabulary_does_not_have(area: str, level: int | None, status: str) -> None:
    with pytest.raises(UnknownNeed):
        NeedRow(area=area, level=level, status=status)


def test_every_group_and_level_has_words() -> None:
    assert list(GROUP_LABELS) == list(GROUPS)
    assert set(LEVEL_WORDS) == {None, 0, 1, 2, 3, 4}
