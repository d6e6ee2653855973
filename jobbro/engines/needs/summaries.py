"""A profile as lines that the pages turn into sentences: what goes well, what is hard, what is still open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jobbro.engines.needs.profiles import Need, Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One sentence to be: what it says (`code`) and the areas it speaks of."""

    code: str
    areas: tuple[str, ...]


_SAYS: Mapping[str, Callable[[Need], bool]] = {
    "goes_well": lambda need: need.level == 4,
    "a_little_hard": lambda need: need.level == 3,
    "hard": lambda need: need.level == 2,
    "very_hard": lambda need: need.level == 1,
    "cannot": lambda need: need.level == 0,
    "in_own_words": lambda need: need.status == "told" and need.level is None,
    "something_helps": lambda need: bool(need.helps),
    "seen_differently": lambda need: need.other is not None and need.other.level is not None,
    "dont_know": lambda need: need.status == "dont_know",
    "wont_say": lambda need: need.status == "wont_say",
    "wants_to_talk": lambda need: need.status == "opened",
    "skipped": lambda need: need.status == "skipped",
    "not_talked_about": lambda need: need.status == "not_asked",
}
SUMMARY_CODES = tuple(_SAYS)


def summary(profile: Profile) -> tuple[SummaryLine, ...]:
    """The lines that say something, in the order of `SUMMARY_CODES`; areas in the order of the vocabulary."""
    lines = (
        SummaryLine(code=code, areas=tuple(need.area for need in profile.needs if says(need)))
        for code, says in _SAYS.items()
    )
    return tuple(line for line in lines if line.areas)
