"""The carving as a mixed-integer programme: columns and rows in plain lists, tightened where whole numbers allow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb, gcd

from jobbro.engines.carving.greedy import Plan
from jobbro.engines.carving.instance import MEASURE_PRICE, Instance, Pair
from jobbro.engines.carving.jobs import Job
from jobbro.engines.carving.possible import HUNDREDTHS, bits_of, closes
from jobbro.engines.carving.spreading import spread

INFINITE = 1e30
# Beyond these a person's measures, places or half-days are described column by column instead of set by set.
MOST_SETS = 1_500
MOST_PRODUCTS = 6_000
MOST_CONFIGURATIONS = 600
MOST_SLOT_SETS = 4_000
MOST_RELEASES = 300
MOST_HELD = 40
MOST_RELEASE_STEPS = 20_000
# Rows over sets of half-days are worth so many times the numbers that columns of hours would need.
WORTH_OF_SLOT_SETS = 8

Term = tuple[int, float]


@dataclass(kw_only=True)
class Programme:
    """The largest sum of `cost` times the columns, each from 0 to `upper`, each row between its bounds."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    row_start: list[int] = field(default_factory=lambda: [0])
    row_column: list[int] = field(default_factory=list)
    row_value: list[float] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)

    def column(self, *, cost: float, upper: float = 1.0, is_whole: bool = True) -> int:
        """A new column; its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.is_whole.append(is_whole)
        return len(self.cost) - 1

    def row(self, terms: Iterable[Term], *, lower: float = -INFINITE, upper: float = INFINITE) -> None:
        """A new row."""
        for column, value in terms:
            self.row_column.append(column)
            self.row_value.append(value)
        self.row_start.append(len(self.row_column))
        self.row_lower.append(lower)
        self.row_upper.append(upper)

    def whole_row(self, terms: Iterable[tuple[int, int]], *, upper: int, of: Sequence[int] = ()) -> None:
        """A row of whole numbers, at most `upper` (times the sum of the columns `of`), made as tight as they allow."""
        kept = [(column, value) for column, value in terms if value]
        divisor = gcd(*(value for _, value in kept)) if kept else 1
        most = upper // divisor
        scaled: list[Term] = [(column, value // divisor) for column, value in kept]
        if of:
            self.row([*scaled, *((column, -most) for column in of)], upper=0)
        else:
            self.row(scaled, upper=most)


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """A set of measures and places at its lowest cost, and the tasks (bits of pairs) that it allows."""

    cost: int
    allows: int


@dataclass(frozen=True, kw_only=True)
class Release:
    """The sets of tasks among which one staff member's is chosen."""

    columns: list[tuple[int, frozenset[int]]]


@dataclass(kw_only=True)
class Block:
    """The columns of one person: a task given, a configuration chosen, hours of a task in a half-day."""

    person: int
    pairs: tuple[Pair, ...]
    given: list[int]
    configurations: list[tuple[int, Configuration]] = field(default_factory=list)
    has_job: list[int] = field(default_factory=list)
    measures: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    hours: dict[tuple[int, int], int] = field(default_factory=dict)


def programme_of(instance: Instance) -> Programme:
    """The whole programme. Its best value is that of the best carving, in kroner."""
    programme = Programme()
    by_task: dict[int, list[int]] = {}
    by_staff: dict[int, dict[int, int]] = {}
    for person, pairs in enumerate(instance.pairs):
        if not pairs:
            continue
        block = _block(programme, instance, person=person, pairs=pairs)
        for column, pair in zip(block.given, pairs, strict=True):
            by_task.setdefault(pair.task, []).append(column)
            by_staff.setdefault(pair.staff, {})[pair.task] = pair.hours
    for staff, hours in sorted(by_staff.items()):
        if sum(hours.values()) > instance.release[staff]:
            _add_release(programme, by_task=by_task, hours=hours, most=instance.release[staff])
    for columns in by_task.values():
        if len(columns) > 1:
            programme.row(((column, 1.0) for column in columns), upper=1)
    return programme


def _add_release(
    programme: Programme, *, by_task: Mapping[int, Sequence[int]], hours: Mapping[int, int], most: int
) -> None:
    """What one staff member may give up: a choice among the largest sets of tasks that are not too much.

    A person's side of the programme is nearly whole by itself; it is the knapsacks of the staff that are not, and they
    have few tasks each. With all their sets listed these rows are their whole-number hull.
    """
    terms = [(column, hours[task]) for task in sorted(hours) for column in by_task[task]]
    programme.whole_row(terms, upper=most)
    sets = largest_sets(hours, most=most)
    if sets is None:
        return
    columns = [programme.column(cost=0.0) for _ in sets]
    programme.releases.append(Release(columns=list(zip(columns, sets, strict=True))))
    programme.row(((column, 1.0) for column in columns), upper=1)
    for task in sorted(hours):
        holding = [(column, -1.0) for column, held in zip(columns, sets, strict=True) if task in held]
        programme.row([*((column, 1.0) for column in by_task[task]), *holding], upper=0)


def largest_sets(hours: Mapping[int, int], *, most: int) -> list[frozenset[int]] | None:
    """The sets of tasks of at most so many hours to which none can be added; None when there are too many."""
    order = sorted(hours, key=lambda task: (-hours[task], task))
    after = [sum(hours[task] for task in order[at + 1 :]) for at in range(len(order))]
    found: list[frozenset[int]] = []
    steps = 0

    def grow(at: int, held: tuple[int, ...], room: int, least_left_out: int) -> bool:
        nonlocal steps
        steps += 1
        if at == len(order):
            if least_left_out > room:
                found.append(frozenset(held))
            return len(found) <= MOST_RELEASES
        length = hours[order[at]]
        if length <= room and not grow(at + 1, (*held, order[at]), room - length, least_left_out):
            return False
        # What is left out here has to be too long for the room that is left at the end.
        if room - after[at] >= length:
            return True
        return steps < MOST_RELEASE_STEPS and grow(at + 1, held, room, min(least_left_out, length))

    return found if len(order) <= MOST_HELD and grow(0, (), most, most + 1) else None


def forbid(programme: Programme, *, tasks: Mapping[int, frozenset[int]], at_least: int) -> None:
    """Only plans in which so many tasks go elsewhere than in `tasks` (person -> tasks), or go where none went.

    A no-good cut (Balas and Jeroslow, 1972) that counts tasks: one that moves to somebody else counts once.
    """
    given = frozenset(task for held in tasks.values() for task in held)
    terms: list[Term] = []
    for block in programme.blocks:
        held = tasks.get(block.person, frozenset())
        for column, pair in zip(block.given, block.pairs, strict=True):
            if pair.task in held:
                terms.append((column, -1.0))
            elif pair.task not in given:
                terms.append((column, 1.0))
    programme.row(terms, lower=at_least - len(given))


def start_of(programme: Programme, *, instance: Instance, plan: Plan) -> list[float]:
    """The values of all columns for a plan that holds."""
    values = [0.0] * len(programme.cost)
    for block in programme.blocks:
        job = plan.get(block.person)
        if job is not None and job.tasks:
            _start_of_block(values, block, job=job, cap=instance.slot_cap[block.person])
    given = {task for job in plan.values() for task in job.tasks}
    for release in programme.releases:
        everything = frozenset().union(*(held for _, held in release.columns))
        values[next(column for column, held in release.columns if given & everything <= held)] = 1.0
    return values


def tasks_of(programme: Programme, *, chosen: Iterable[int]) -> dict[int, frozenset[int]]:
    """Person -> tasks, from the numbers of the columns that are 1."""
    ones = set(chosen)
    found = {}
    for block in programme.blocks:
        tasks = frozenset(pair.task for column, pair in zip(block.given, block.pairs, strict=True) if column in ones)
        if tasks:
            found[block.person] = tasks
    return found


def _block(programme: Programme, instance: Instance, *, person: int, pairs: tuple[Pair, ...]) -> Block:
    limits = instance.workplace.limits
    block = Block(
        person=person,
        pairs=pairs,
        given=[programme.column(cost=pair.value / instance.unit) for pair in pairs],
    )
    programme.blocks.append(block)
    _add_configurations(programme, instance, block)
    hours = [pair.hours for pair in pairs]
    programme.whole_row(zip(block.given, hours, strict=True), upper=instance.max_hours[person], of=block.has_job)
    fewest = instance.min_hours[person]
    if fewest:
        terms = [(column, value / HUNDREDTHS) for column, value in zip(block.given, hours, strict=True)]
        programme.row([*terms, *((column, -fewest / HUNDREDTHS) for column in block.has_job)], lower=0)
    if len(pairs) > limits.max_tasks:
        programme.whole_row(((column, 1) for column in block.given), upper=limits.max_tasks, of=block.has_job)
    _add_slots(programme, instance, block)
    return block


def _add_configurations(programme: Programme, instance: Instance, block: Block) -> None:
    """What measures and places allow: one column a set where sets can be listed, else one a measure and a place."""
    configurations = configurations_of(instance, person=block.person)
    if configurations is not None:
        _add_sets(programme, block, configurations)
        return
    job = programme.column(cost=0.0)
    block.has_job.append(job)
    _add_measures(programme, instance, block, job=job)
    _add_places(programme, instance, block, job=job)


def _add_sets(programme: Programme, block: Block, configurations: Sequence[Configuration]) -> None:
    for each in configurations:
        column = programme.column(cost=-float(MEASURE_PRICE * each.cost))
        block.configurations.append((column, each))
        block.has_job.append(column)
    programme.row(((column, 1.0) for column in block.has_job), upper=1)
    for bit, given in enumerate(block.given):
        allowing = [(column, -1.0) for column, each in block.configurations if each.allows >> bit & 1]
        programme.row([(given, 1.0), *allowing], upper=0)


def _add_measures(programme: Programme, instance: Instance, block: Block, *, job: int) -> None:
    gaps = {gap for pair in block.pairs for gap in pair.gaps}
    for measure in instance.own_measures(block.person):
        if any(closes(measure, gap) for gap in gaps):
            block.measures[measure.code] = programme.column(cost=-float(MEASURE_PRICE * measure.cost))
    most = instance.workplace.limits.max_measures
    if len(block.measures) > most:
        programme.whole_row(((column, 1) for column in block.measures.values()), upper=most, of=[job])
    for given, pair in zip(block.given, block.pairs, strict=True):
        programme.row([(given, 1.0), (job, -1.0)], upper=0)
        for gap in sorted(pair.gaps):
            closing = [
                (column, -1.0) for code, column in block.measures.items() if closes(instance.measures[code], gap)
            ]
            programme.row([(given, 1.0), *closing], upper=0)


def _add_places(programme: Programme, instance: Instance, block: Block, *, job: int) -> None:
    most = instance.workplace.limits.max_places
    names = sorted({pair.place for pair in block.pairs})
    if len(names) <= most:
        return
    block.places = {name: programme.column(cost=0.0) for name in names}
    programme.whole_row(((column, 1) for column in block.places.values()), upper=most, of=[job])
    for given, pair in zip(block.given, block.pairs, strict=True):
        programme.row([(given, 1.0), (block.places[pair.place], -1.0)], upper=0)


def configurations_of(instance: Instance, *, person: int) -> list[Configuration] | None:
    """Every set of measures and places that nothing cheaper replaces; None when there are too many to list."""
    by_measures = _measure_sets(instance, person=person)
    by_places = _place_sets(instance.pairs[person], most=instance.workplace.limits.max_places)
    if by_measures is None or by_places is None or len(by_measures) * len(by_places) > MOST_PRODUCTS:
        return None
    both = _undominated(
        Configuration(cost=first.cost, allows=first.allows & second.allows)
        for first in by_measures
        for second in by_places
    )
    return both if len(both) <= MOST_CONFIGURATIONS else None


def _measure_sets(instance: Instance, *, person: int) -> list[Configuration] | None:
    """Every set of measures that nothing cheaper replaces; None when there are too many to list."""
    gaps = sorted({gap for pair in instance.pairs[person] for gap in pair.gaps})
    bit_of = {gap: 1 << bit for bit, gap in enumerate(gaps)}
    needed = [sum(bit_of[gap] for gap in pair.gaps) for pair in instance.pairs[person]]
    closing = [
        (measure.cost, sum(bit_of[gap] for gap in gaps if closes(measure, gap)))
        for measure in instance.own_measures(person)
    ]
    useful = _undominated_measures(closing)
    most = min(instance.workplace.limits.max_measures, len(useful))
    if sum(comb(len(useful), size) for size in range(most + 1)) > MOST_SETS:
        return None
    cheapest: dict[int, int] = {}
    for size in range(most + 1):
        for chosen in combinations(useful, size):
            closed = 0
            for _, mask in chosen:
                closed |= mask
            cost = sum(each for each, _ in chosen)
            cheapest[closed] = min(cost, cheapest.get(closed, cost))
    allowed: dict[int, int] = {}
    for closed, cost in cheapest.items():
        allows = sum(1 << bit for bit, need in enumerate(needed) if not need & ~closed)
        allowed[allows] = min(cost, allowed.get(allows, cost))
    return _undominated(Configuration(cost=cost, allows=allows) for allows, cost in allowed.items())


def _undominated_measures(closing: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Measures (cost, gaps closed) for which no other closes as much for no more."""
    kept: list[tuple[int, int]] = []
    for cost, mask in sorted(set(closing), key=lambda each: (each[0], -each[1].bit_count(), each[1])):
        if mask and not any(not mask & ~other for _, other in kept):
            kept.append((cost, mask))
    return kept


def _place_sets(pairs: Sequence[Pair], *, most: int) -> list[Configuration] | None:
    """Every largest set of places; None when there are too many to list."""
    names = sorted({pair.place for pair in pairs})
    size = min(most, len(names))
    if comb(len(names), size) > MOST_SETS:
        return None
    return [
        Configuration(cost=0, allows=sum(1 << bit for bit, pair in enumerate(pairs) if pair.place in chosen))
        for chosen in combinations(names, size)
    ]


def _undominated(configurations: Iterable[Configuration]) -> list[Configuration]:
    """Those for which no other allows as much for no more; one that allows nothing is never needed."""
    unique = {(each.cost, each.allows): each for each in configurations if each.allows}
    kept: list[Configuration] = []
    for each in sorted(unique.values(), key=lambda each: (each.cost, -each.allows.bit_count(), each.allows)):
        if not any(not each.allows & ~other.allows for other in kept):
            kept.append(each)
    return kept


def _add_slots(programme: Programme, instance: Instance, block: Block) -> None:
    rows = slot_rows(instance, person=block.person)
    needed = sum(1 + 3 * pair.slots.bit_count() for pair in block.pairs)
    if rows is None or sum(len(hours) - hours.count(0) for hours, _ in rows) > WORTH_OF_SLOT_SETS * needed:
        _add_hours(programme, instance, block)
        return
    for hours, most in rows:
        programme.whole_row(zip(block.given, hours, strict=True), upper=most, of=block.has_job)


def slot_rows(instance: Instance, *, person: int) -> list[tuple[tuple[int, ...], int]] | None:
    """Hall's condition with capacities: what cannot be outside a set of half-days has to fit inside it.

    A task of h hours that has k half-days outside the set puts at least h - k·cap inside. By the cut theorem these rows
    over all sets are exactly the tasks whose hours can be spread (Gale, 1957). Rows that others imply are left out;
    None when there are too many sets.
    """
    cap = instance.slot_cap[person]
    everywhere = 0
    for pair in instance.pairs[person]:
        everywhere |= pair.slots
    slots = list(bits_of(everywhere))
    # From here on the row of the most hours says more.
    sizes = [size for size in range(1, len(slots) + 1) if cap * size < instance.max_hours[person]]
    if sum(comb(len(slots), size) for size in sizes) > MOST_SLOT_SETS:
        return None
    found: dict[tuple[int, ...], int] = {}
    most_tasks = instance.workplace.limits.max_tasks
    for size in sizes:
        for chosen in combinations(slots, size):
            outside = ~sum(1 << slot for slot in chosen)
            hours = tuple(
                max(0, pair.hours - cap * (pair.slots & outside).bit_count()) for pair in instance.pairs[person]
            )
            if sum(sorted(hours, reverse=True)[:most_tasks]) > cap * size:
                found.setdefault(hours, cap * size)
    return list(found.items())


def _add_hours(programme: Programme, instance: Instance, block: Block) -> None:
    """Hours of each task in each half-day as columns; no more of it there than of the task is given."""
    cap = instance.slot_cap[block.person]
    in_slot: dict[int, list[Term]] = {}
    for at, (given, pair) in enumerate(zip(block.given, block.pairs, strict=True)):
        most = min(pair.hours, cap) / HUNDREDTHS
        placed: list[Term] = []
        for slot in bits_of(pair.slots):
            column = programme.column(cost=0.0, upper=most, is_whole=False)
            block.hours[at, slot] = column
            placed.append((column, 1.0))
            in_slot.setdefault(slot, []).append((column, 1.0))
            programme.row([(column, 1.0), (given, -most)], upper=0)
        programme.row([*placed, (given, -pair.hours / HUNDREDTHS)], lower=0, upper=0)
    for terms in in_slot.values():
        programme.row([*terms, *((column, -cap / HUNDREDTHS) for column in block.has_job)], upper=0)


def _start_of_block(values: list[float], block: Block, *, job: Job, cap: int) -> None:
    held = [at for at, pair in enumerate(block.pairs) if pair.task in job.tasks]
    for at in held:
        values[block.given[at]] = 1.0
    if block.configurations:
        mask = sum(1 << at for at in held)
        fitting = (column for column, each in block.configurations if not mask & ~each.allows)
        values[next(fitting)] = 1.0
    else:
        values[block.has_job[0]] = 1.0
        for code in job.measures:
            values[block.measures[code]] = 1.0
    for name in {block.pairs[at].place for at in held} & set(block.places):
        values[block.places[name]] = 1.0
    if block.hours:
        placed = spread(
            hours=[block.pairs[at].hours for at in held], slots=[block.pairs[at].slots for at in held], cap=cap
        )
        for at, hours in zip(held, placed.hours, strict=True):
            for slot, amount in hours.items():
                values[block.hours[at, slot]] = amount / HUNDREDTHS
