"""Work that can be wished for: every Danish title with levels, and nothing that an old answer named is lost."""

from jobbro.apps.screening.work import common_work, known_work, work_like, work_of
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.support.occupations import occupation_table
from jobbro.kernel.vocabulary import AREAS


def test_every_title_with_levels_can_be_wished_for() -> None:
    titles = [one for one in occupations() if one.levels]
    known = known_work(one.code for one in titles)
    assert len(known) == len(titles) > 1100
    assert all(set(one.demand) == set(AREAS) for one in known)
    assert work_of("0000.0") is None


def test_what_was_answered_before_means_the_same() -> None:
    assert common_work() == occupation_table().occupations


def test_wishes_keep_their_order_and_stand_once() -> None:
    assert [one.code for one in known_work(("9412.2", "0000.0", "2221.2", "9412.2"))] == ["9412.2", "2221.2"]


def test_misspelt_and_english_words_find_work() -> None:
    assert "Rengøringsassistent" in [one.name.da for one in work_like("rengøringsasistent")]
    assert work_like("nurse")[0].code == "2221.2"
    assert work_like(" ") == () == work_like("\0")
    assert len(work_like("e" * 10_000)) <= 10
