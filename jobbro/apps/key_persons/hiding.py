"""What is kept back beside the small numbers, so that none of them can be worked out from the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class UseLine:
    """Questions of a quarter or about a subject. None: kept back."""

    kind: str
    code: str
    asked: int | None
    answered: int | None
    minutes: float | None

    @property
    def open(self) -> int | None:
        """How many have no answer yet."""
        return None if self.asked is None or self.answered is None else self.asked - self.answered


# Each question has one quarter. It may have one scheme, one group, or the one or the other; those without a subject are
# told beside them. So each of these may add up to all of them.
_TABLES = (("quarter",), ("scheme", "none"), ("group", "none"), ("scheme", "group", "none"))


def hide_more(lines: Sequence[UseLine]) -> tuple[UseLine, ...]:
    """The lines with more of them kept back. Numbers from 1 to 4 come as None.

    Beside a hidden number another one is hidden, the smallest, of whose size nothing is known; more while what is
    hidden together is told by another table with the same total. A line whose questions are hidden tells no answers.
    """
    kept = _Kept(lines)
    kept.hide(field="asked")
    kept.drop_answers()
    kept.hide(field="answered")
    return tuple(kept.lines.values())


class _Kept:
    """The lines while more of them are hidden; judged by what a reader sees."""

    def __init__(self, lines: Sequence[UseLine]) -> None:
        self.lines = {(line.kind, line.code): line for line in lines}
        self._few = {key for key, line in self.lines.items() if line.asked is None}

    def hide(self, *, field: str) -> None:
        """Hide more of the numbers of one column until none follows."""
        first = {key for key, line in self.lines.items() if getattr(line, field) is None}
        while (table := self._told(field=field, first=first)) is not None:
            # When nothing is left to hide in the table, the total that tells it has to go.
            for among in (table, self.lines.values()):
                shown = [line for line in among if getattr(line, field)]
                if shown:
                    break
            else:
                return
            least = min(shown, key=lambda line: (getattr(line, field), line.kind, line.code))
            changed = replace(least, asked=None) if field == "asked" else replace(least, answered=None)
            self.lines[least.kind, least.code] = changed

    def drop_answers(self) -> None:
        """No answers and no time of a line whose questions are hidden."""
        for key, line in self.lines.items():
            if line.asked is None:
                self.lines[key] = replace(line, answered=None, minutes=None)

    def _told(self, *, field: str, first: set[tuple[str, str]]) -> tuple[UseLine, ...] | None:
        """A table whose hidden numbers can be worked out, or None. `first`: those that were hidden for being small."""
        columns = ("asked",) if field == "asked" else ("answered", "open")
        for table in self._tables():
            hidden = [line for line in table if getattr(line, field) is None]
            is_alone = all((line.kind, line.code) in first for line in hidden)
            if hidden and is_alone and any(getattr(line, field) for line in table):
                return table
            if hidden and any(self._is_given_away(table, column=column) for column in columns):
                return table
        return None

    def _tables(self) -> list[tuple[UseLine, ...]]:
        return [tuple(line for line in self.lines.values() if line.kind in kinds) for kinds in _TABLES]

    def _is_given_away(self, table: tuple[UseLine, ...], *, column: str) -> bool:
        """Whether another table that is shown as a whole tells the hidden ones of this one."""
        hidden = [line for line in table if getattr(line, column) is None]
        shown = sum(getattr(line, column) or 0 for line in table)
        most = sum(self._most(line) for line in hidden)
        rests = {total - shown for total in self._totals(table, column=column)}
        telling = (len(hidden), len(hidden) * (FEWEST - 1))
        # A rest that does not fit shows that the other table is of other questions.
        return any(0 < rest <= most and (len(hidden) == 1 or rest < FEWEST or rest in telling) for rest in rests)

    def _most(self, line: UseLine) -> float:
        """The most that a hidden number of the line can be, as far as the reader knows."""
        return FEWEST - 1 if (line.kind, line.code) in self._few else line.asked or inf

    def _totals(self, table: tuple[UseLine, ...], *, column: str) -> set[int]:
        """The sums that may be the table's: of those shown as a whole and not seen to be of other questions."""
        own = [line.asked for line in table]
        totals = set()
        for other in self._tables():
            numbers = [getattr(line, column) for line in other]
            asked = [line.asked for line in other]
            is_same = None in own or None in asked or sum(filter(None, own)) == sum(filter(None, asked))
            if other and other != table and is_same and None not in numbers:
                totals.add(sum(numbers))
        return totals
