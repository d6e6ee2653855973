"""The bench of the worklist: what it measures and says."""

import pytest

from benchmarks import worklist


def figures(*, queries: list[int], p95: float) -> dict:
    page = {"n": 3, "queries": queries, "median_ms": 10.0, "p95_ms": p95, "database_cpu_ms": None}
    return {
        "held": {"unit": 50_000, "team": 5_000},
        "machine": {"cores": 2, "load_before": 0.1},
        "pages": {"the unit": page},
    }


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown size 'XL'; use S, M, L"):
        worklist.run("XL")


@pytest.mark.parametrize(("queries", "status"), [([14], 0), ([14, 15], 1)])
def test_a_page_that_asks_now_more_now_less_is_a_fault(monkeypatch, capsys, queries, status) -> None:
    monkeypatch.setattr(worklist, "run", lambda size: figures(queries=queries, p95=120.0))
    assert worklist.main(size="L") == status
    printed = capsys.readouterr().out
    assert "unit of 50,000 open courses, team of 5,000" in printed
    assert "p95 above 300 ms: none" in printed


def test_a_slow_page_is_named(monkeypatch, capsys) -> None:
    monkeypatch.setattr(worklist, "run", lambda size: figures(queries=[14], p95=301.0))
    worklist.main(size="L")
    assert "p95 above 300 ms: the unit" in capsys.readouterr().out
