"""Work that people wish for: every Danish title that has levels, as the support engine reckons with it."""

from collections.abc import Iterable
from functools import lru_cache

from jobbro.engines.occupations.occupations import Occupations, occupations
from jobbro.engines.support.catalogue import Texts
from jobbro.engines.support.occupations import Occupation, occupation_table

MOST_FOUND = 10
# A letter or two stand in nearly every name.
SHORTEST_ENGLISH = 3
LONGEST_SEARCH = 80


def work_of(code: str) -> Occupation | None:
    """The work with this code; None when the table in use does not know what it asks."""
    return _work(occupations()).get(code)


def known_work(codes: Iterable[str]) -> tuple[Occupation, ...]:
    """Those of the codes that are known, each once, in the order given."""
    table = _work(occupations())
    return tuple(table[code] for code in dict.fromkeys(codes) if code in table)


def common_work() -> tuple[Occupation, ...]:
    """The work of the short list, to choose among without looking for a word."""
    return known_work(one.code for one in occupation_table().occupations)


def work_like(words: str) -> tuple[Occupation, ...]:
    """Work that sounds like the words, best first; misspelt words and parts of words are found too.

    The search knows Danish; English words are looked for as they stand in the names of the short list.
    """
    asked = words.strip()[:LONGEST_SEARCH]
    if not asked:
        return ()
    word = asked.casefold() if len(asked) >= SHORTEST_ENGLISH else None
    in_english = [one.code for one in common_work() if word and word in one.name.en.casefold()]
    found = [one.occupation.code for one in occupations().search(asked, limit=MOST_FOUND)]
    return known_work((*in_english, *found))[:MOST_FOUND]


@lru_cache(maxsize=2)
def _work(table: Occupations) -> dict[str, Occupation]:
    """By code. Only the short list has English names: another title is called by its Danish one everywhere."""
    named = {one.code: one for one in occupation_table().occupations}
    told = {
        one.code: Occupation(
            code=one.code,
            name=named[one.code].name if one.code in named else Texts(da=one.title, en=one.title),
            demand=dict(one.levels),
        )
        for one in table
        if one.levels
    }
    # A table that somebody imported may lack a title of the short list; answers that name it stay good.
    return {**named, **told}
