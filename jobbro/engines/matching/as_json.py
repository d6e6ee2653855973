"""Answers in plain values for JSON, field by field as the contract has them (contracts, section 3)."""

from __future__ import annotations

import json
from typing import Any

from jobbro.engines.matching.model import Listed, ListedJob, Pair


def listed_as_json(listed: Listed) -> dict[str, Any]:
    """One person's list: person, jobs, none."""
    return {
        "person": listed.person,
        "jobs": [listed_job_as_json(job) for job in listed.jobs],
        "none": {str(reason): count for reason, count in listed.none.items()},
    }


def listed_job_as_json(listed: ListedJob) -> dict[str, Any]:
    """One entry of a list."""
    return {
        "job": listed.job,
        "verdict": str(listed.verdict),
        "wish": listed.wish,
        "km": listed.km,
        "gaps": dict(listed.gaps),
        "open": list(listed.open),
        "support": list(listed.support),
    }


def pair_as_json(pair: Pair) -> dict[str, Any]:
    """One pair whole."""
    return {
        "person": pair.person,
        "job": pair.job,
        "verdict": str(pair.verdict),
        "failed": [str(reason) for reason in pair.failed],
        "km": pair.km,
        "gaps": dict(pair.gaps),
        "open": list(pair.open),
        "support": list(pair.support),
        "left": dict(pair.left),
    }


def line_of(listed: Listed) -> str:
    """One person's list as the line of the output file, without its end."""
    return json.dumps(listed_as_json(listed), ensure_ascii=False, separators=(",", ":"))
