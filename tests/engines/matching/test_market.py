"""What is fast says exactly what is plain: on what hypothesis can think of, in blocks, shards, files and changes."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.engines.matching import market as market_module
from jobbro.engines.matching.as_json import line_of
from jobbro.engines.matching.columns import person_columns
from jobbro.engines.matching.keeping import MarketFileError
from jobbro.engines.matching.layout import parts_of
from jobbro.engines.matching.listing import lists_of
from jobbro.engines.matching.market import Market, build_market
from jobbro.engines.matching.model import Job, Measure, Person
from jobbro.engines.matching.pairs import list_for
from jobbro.engines.matching.running import match_lines, match_lists, proposed_lines, spread_over
from jobbro.engines.matching.shards import Threads
from jobbro.kernel.vocabulary import AREAS, VocabularyError
from tests.engines.matching.made_up import catalogues, job, job_lists, measure, person, persons

MANY_CODES = tuple(f"m{number}" for number in range(61))
TOPS = st.sampled_from([0, 1, 2, 5, 20])


@given(who=persons(), jobs=job_lists(), measures=catalogues(), top=TOPS, block=st.sampled_from([1, 3, 512]))
def test_a_list(who: Person, jobs: list[Job], measures: tuple[Measure, ...], top: int, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(market_module, "BLOCK", block)
        market = build_market(jobs=jobs, measures=measures)
    assert market.list_for(who, top) == list_for(person=who, jobs=jobs, measures=measures, top=top)


@given(
    who=persons(areas=AREAS, codes=MANY_CODES),
    jobs=job_lists(areas=AREAS, codes=MANY_CODES, most=3),
    measures=catalogues(areas=AREAS, codes=MANY_CODES),
)
def test_a_list_with_all_areas_and_more_measures_than_a_number_has_bits(
    who: Person, jobs: list[Job], measures: tuple[Measure, ...]
) -> None:
    market = build_market(jobs=jobs, measures=measures)
    assert market.list_for(who) == list_for(person=who, jobs=jobs, measures=measures)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_supports_of_every_size_and_the_cheapest_of_them(size: int) -> None:
    areas = AREAS[:: len(AREAS) // size][:size]
    single = [measure(f"{area}-{cost}", {area: 1}, cost) for area in areas for cost in (2, 1)]
    pair = [measure("two", dict.fromkeys(areas[:2], 1), 4)] if size > 3 else []
    measures = [*single, *pair]
    codes = tuple(each.code for each in measures)
    who = person(capacity=dict.fromkeys(areas, 1), measures=codes)
    what = job(demand=dict.fromkeys(areas, 2), measures=codes)
    listed = build_market(jobs=[what], measures=measures).list_for(who)
    assert listed == list_for(person=who, jobs=[what], measures=measures)
    assert len(listed.jobs[0].support) == (size if size < 4 else size - 1)


def test_a_distance_exactly_on_the_limit_is_within_it() -> None:
    # 0.1 + 0.2 kilometres in the ways that doubles spell them.
    for far in (0.3, 0.1 + 0.2, 0.30000000000000004):
        jobs = [job("j", x=far, y=0.0)]
        for limit in (0.3, 0.3 - 1e-9, 0.3 - 2e-9):
            who = person(max_km=limit)
            assert build_market(jobs=jobs, measures=()).list_for(who) == list_for(person=who, jobs=jobs, measures=())


@settings(max_examples=8)
@given(
    people=st.lists(persons(), max_size=4),
    jobs=job_lists(),
    measures=catalogues(),
    top=TOPS,
)
def test_lines_are_those_of_the_plain_form_byte_for_byte(
    people: list[Person], jobs: list[Job], measures: tuple[Measure, ...], top: int
) -> None:
    market = build_market(jobs=jobs, measures=measures)
    columns = person_columns(people, catalogue=market.catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jobbro.engines.matching.running._PERSONS_AT_ONCE", 2)
        crew = Threads(workers=2)
        lines = b"".join(match_lines(columns, market=market, top=top, crew=crew)).decode()
        listed = tuple(match_lists(columns, market=market, top=top, crew=crew))
        spread = spread_over(listed, market=market, per_place=1, per_person=2)
        proposed = b"".join(
            proposed_lines(columns, listed=listed, proposed=spread.proposed, market=market, top=top, crew=crew)
        ).decode()
        crew.close()
    plain = [line_of(list_for(person=who, jobs=jobs, measures=measures, top=top)) + "\n" for who in people]
    assert lines == "".join(plain)
    assert proposed.count('"proposed":') == spread.pairs
    assert proposed.replace(',"proposed":1', "").replace(',"proposed":2', "") == lines


@given(
    who=persons(), old=job_lists(), new=job_lists(), measures=catalogues(), gone=st.sets(st.sampled_from(["J9", "Å"]))
)
def test_a_changed_market_is_the_market_of_its_jobs(
    who: Person, old: list[Job], new: list[Job], measures: tuple[Measure, ...], gone: set[str]
) -> None:
    changed = build_market(jobs=old, measures=measures).with_changes(changed=new, removed=gone)
    now = {each.id: each for each in old if each.id not in gone} | {each.id: each for each in new}
    assert sorted(changed.ids) == sorted(now)
    assert changed.list_for(who) == list_for(person=who, jobs=now.values(), measures=measures)


@given(who=persons(), jobs=job_lists(), measures=catalogues())
def test_a_restricted_market_is_the_market_of_those_jobs(
    who: Person, jobs: list[Job], measures: tuple[Measure, ...]
) -> None:
    market = build_market(jobs=jobs, measures=measures)
    ids = list(market.ids)
    allowed = [each for each in jobs if each.occupation == "cook"]
    only = market.restricted(np.array([name in {each.id for each in allowed} for name in ids], dtype=np.bool_))
    assert only.list_for(who) == list_for(person=who, jobs=allowed, measures=measures)


@given(who=persons(), jobs=job_lists(), measures=catalogues())
def test_a_market_comes_back_from_its_file(
    tmp_path_factory: pytest.TempPathFactory, who: Person, jobs: list[Job], measures: tuple[Measure, ...]
) -> None:
    path = tmp_path_factory.mktemp("market") / "open.market"
    market = build_market(jobs=jobs, measures=measures)
    market.save(path)
    again = Market.load(path)
    assert again.list_for(who) == market.list_for(who)
    assert [again.ids.place_of(each.id) for each in jobs] == [market.ids.place_of(each.id) for each in jobs]
    assert again.ids.place_of("nobody") is None


def test_a_file_that_is_no_whole_market_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "open.market"
    build_market(jobs=[job()], measures=[measure("m", {"lifting": 1})]).save(path)
    whole = path.read_bytes()
    for cut in (b"", b"PK", whole[:20], whole[:40], whole[:-1], b"jobbro market 0\n" + whole[16:]):
        path.write_bytes(cut)
        with pytest.raises(MarketFileError, match="make it anew"):
            Market.load(path)


def test_two_jobs_with_one_id_and_half_days_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="the id 'j'"):
        build_market(jobs=[job("j"), job("i"), job("j")], measures=())
    with pytest.raises(VocabularyError, match="monday"):
        build_market(jobs=[job(slots=("monday",))], measures=())


def test_a_key_holds_what_decides() -> None:
    market = build_market(jobs=[job("a", x=60.0, y=80.0), job("b", occupation="gardener")], measures=())
    who = person(max_km=1e300, wishes={"gardener": 2})
    lists = lists_of(person_columns([who], catalogue=market.catalogue), market=market, top=5)
    parts = {name: part.tolist() for name, part in parts_of(lists.keys).items()}
    assert parts == {"verdict": [0, 0], "wish": [2, 0], "measures": [0, 0], "tenths": [50, 1000], "rank": [1, 0]}
