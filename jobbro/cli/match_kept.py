"""`jobbro match run|replay|parity`: the matching of the database; these start Django, the files' matching does not."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jobbro.cli.database import running_database
from jobbro.cli.django_setup import start_django
from jobbro.cli.errors import CommandFailed

if TYPE_CHECKING:
    from jobbro.apps.matching.parity import Group, Share

DIMENSIONS = {
    "municipality": "Kommune",
    "reach": "Vil rejse (km)",
    "hours": "Højst timer om ugen",
    "unknown": "Områder, der ikke er talt om",
    "age": "Alder, når fødselsdagen er kendt",
}
UNKNOWN_BAND = "?"
HEAD = f"  {'':<14}{'personer':>12}{'har liste':>11}{'har forslag':>13}{'som det er':>12}{'med støtte':>12}"


def run(options: Namespace) -> int:
    """0 when all is as it should be."""
    with running_database():
        start_django()
        return ACTS[options.act](options)


def _run_now(_: Namespace) -> int:
    """A run over everybody, here and now; 0 when it came to its end."""
    from django.utils import timezone

    from jobbro.apps.matching.enums import RunState
    from jobbro.apps.matching.following import follow_people
    from jobbro.apps.matching.market import keep_market
    from jobbro.apps.matching.running import nightly_run, run_everybody, told

    at = timezone.now()
    changed = follow_people(since=None, at=at)
    keep_market()
    run_id = nightly_run(at=at)
    state = run_everybody(run_id=run_id)
    if state is None:
        raise CommandFailed("En anden kørsel er i gang. Vent, til den er færdig; denne står i kø og køres bagefter.")
    print(json.dumps({"state": str(state), "files_changed": changed, **told(run_id=run_id)}, indent=2))
    return 0 if state == RunState.DONE else 1


def _replay(options: Namespace) -> int:
    """0 when the kept answer is reached again, byte for byte; tells no content, for it is about a person."""
    from jobbro.apps.matching.replaying import replay_by_id

    found = replay_by_id(_proposal_id(options))
    if found is None:
        raise CommandFailed("Der er intet forslag med det nummer.")
    rules = "de samme regler som dengang" if found.is_same_rules else "andre regler end dengang"
    if found.is_same:
        print(f"Svaret er det samme, byte for byte ({rules}).")
        return 0
    fields = ", ".join(sorted(name for name in found.kept if found.kept[name] != found.again.get(name)))
    print(f"Svaret er et andet ({rules}). Det er ikke ens i: {fields}.", file=sys.stderr)
    return 1


def _proposal_id(options: Namespace) -> UUID:
    try:
        return UUID(options.proposal or "")
    except ValueError:
        raise CommandFailed("Giv forslagets nummer: jobbro match replay NUMMER.", status=2) from None


def _parity(options: Namespace) -> int:
    """How lists and proposals fall between groups; numbers below five are kept back."""
    from django.utils import timezone

    from jobbro.apps.matching.parity import parity

    groups = parity(on=timezone.localdate())
    if options.json:
        print(json.dumps([_plain(group) for group in groups], ensure_ascii=False, indent=2))
        return 0
    for dimension, title in DIMENSIONS.items():
        print(f"\n{title}\n{HEAD}")
        for group in groups:
            if group.dimension == dimension:
                print(_line(group))
    print("\nTal under 5, og andele der ville pege på færre end 5, er holdt tilbage (–).")
    return 0


def _line(group: "Group") -> str:
    band = "ikke kendt" if group.band == UNKNOWN_BAND else group.band
    persons = "færre end 5" if group.persons is None else str(group.persons)
    return (
        f"  {band:<14}{persons:>12}{_percent(group.listed):>11}{_percent(group.proposed):>13}"
        f"{_percent(group.as_is):>12}{_percent(group.with_support):>12}"
    )


def _percent(share: "Share") -> str:
    return "–" if share.percent is None else f"{share.percent} %"


def _plain(group: "Group") -> dict[str, Any]:
    """The group with its shares in per cent, null where they are kept back."""
    return {name: value["percent"] if isinstance(value, dict) else value for name, value in asdict(group).items()}


ACTS = {"run": _run_now, "replay": _replay, "parity": _parity}
