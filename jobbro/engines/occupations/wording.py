"""Sentences about how a level was reached and how sure it is, and whom to name for the data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jobbro.engines.occupations.certainty import doubts_about
from jobbro.engines.occupations.records import (
    Attribution,
    Certainty,
    Doubt,
    Occupation,
    Reached,
    TableVersion,
    Texts,
)
from jobbro.kernel.content import Place, read_fields
from jobbro.kernel.vocabulary import check_area

FILE = Path(__file__).with_name("table") / "texts.yaml"

_PARTS = ("prefill", "no_profile", "reached", "certainty", "sure", "doubts", "attributions")


def doubts(area: str, *, of: Occupation, partial: Sequence[str] = ()) -> tuple[Doubt, ...]:
    """Every doubt about one level of an occupation; `partial` are the areas of `TableVersion.partial`.

    Empty for a title without a profile. Raises `VocabularyError` for an unknown area.
    """
    check_area(area, path="area")
    if of.reached is None or of.relation is None:
        return ()
    return doubts_about(
        area,
        code=of.code,
        reached=of.reached,
        relation=of.relation,
        match=of.match,
        spread=of.spread[area],
        is_partial=area in partial,
    )


def why(area: str, *, of: Occupation, language: str = "da", partial: Sequence[str] = ()) -> str:
    """Plain sentences for why a level is as sure as it is, the first doubt first.

    Raises `VocabularyError` for an unknown area, `ValueError` for another language than "da" and "en".
    """
    texts = _texts()
    found = doubts(area, of=of, partial=partial)
    if of.reached is None:
        return texts["no_profile"].in_language(language)
    sentences = [texts[f"doubts.{doubt}"] for doubt in found] or [texts["sure"]]
    return " ".join(sentence.in_language(language) for sentence in sentences)


def how_reached(of: Occupation, *, language: str = "da") -> str:
    """One sentence for how the title came to its levels. Raises `ValueError` for another language."""
    code = "no_profile" if of.reached is None else f"reached.{of.reached}"
    return _texts()[code].in_language(language)


def certainty_word(certainty: Certainty, *, language: str = "da") -> str:
    """`ret sikkert`, `omtrent` or `et gæt`. Raises `ValueError` for another language."""
    return _texts()[f"certainty.{certainty}"].in_language(language)


def prefill_note(*, language: str = "da") -> str:
    """The sentence that stands where a level is prefilled. Raises `ValueError` for another language."""
    return _texts()["prefill"].in_language(language)


def attributions_of(version: TableVersion) -> tuple[Attribution, ...]:
    """The three sources to name, with the versions in use."""
    named = {"onet": version.onet, "esco": version.esco, "titles": version.titles}
    return tuple(
        Attribution(
            code=code,
            text=Texts(da=text.da.format(**named), en=text.en.format(**named)),
            terms=terms,
            url=url,
        )
        for code, text, terms, url in _attributions()
    )


@cache
def _texts() -> dict[str, Texts]:
    """Code -> text. Raises `ContentError` when a sentence has no language or a code no sentence."""
    content = read_fields(FILE).fields(required=_PARTS)
    found = {name: _text(content[name]) for name in ("prefill", "no_profile", "sure")}
    for name, codes in (("reached", Reached), ("certainty", Certainty), ("doubts", Doubt)):
        places = content[name].fields(required=[code.value for code in codes])
        found |= {f"{name}.{code}": _text(place) for code, place in places.items()}
    return found


@cache
def _attributions() -> tuple[tuple[str, Texts, Texts, str], ...]:
    content = read_fields(FILE).fields(required=_PARTS)["attributions"]
    found = []
    for code, place in content.fields(required=("onet", "titles", "crosswalk")).items():
        fields = place.fields(required=("text", "terms", "url"))
        found.append((code, _text(fields["text"]), _text(fields["terms"]), fields["url"].text()))
    return tuple(found)


def _text(place: Place) -> Texts:
    fields = place.fields(required=("da", "en"))
    return Texts(da=fields["da"].text(), en=fields["en"].text())
