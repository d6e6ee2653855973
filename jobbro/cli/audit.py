"""`jobbro audit`: seal the logs, print what to keep elsewhere, find out whether anybody touched them."""

import sys
from argparse import ArgumentParser, Namespace

from jobbro.cli.database import running_database
from jobbro.cli.django_setup import start_django


def add_arguments(parser: ArgumentParser) -> None:
    """What to do, and an anchor kept elsewhere to check against."""
    parser.add_argument("act", choices=tuple(ACTS), help="verify, seal, or print the last seals to keep elsewhere")
    parser.add_argument(
        "--anchor", action="append", default=[], help="verify: a seal kept elsewhere must be in the chain"
    )


def run(options: Namespace) -> int:
    """0 when all is as it should be."""
    with running_database():
        start_django()
        return ACTS[options.act](options)


def _seal(_: Namespace) -> int:
    from jobbro.apps.audit import seals

    print(f"{seals.seal()} rows sealed.")
    return 0


def _anchor(_: Namespace) -> int:
    from jobbro.apps.audit import seals

    for log, digest in sorted(seals.anchors().items()):
        print(f"{log} {digest}")
    return 0


def _verify(options: Namespace) -> int:
    from jobbro.apps.audit import seals

    broken = seals.verify()
    for seal in broken:
        print(
            f"{seal.log}: seal {seal.seal_id} of {seal.sealed_at:%Y-%m-%d %H:%M} does not hold "
            f"({seal.expected} rows sealed, {seal.found} found).",
            file=sys.stderr,
        )
    unknown = [digest for digest in options.anchor if not seals.is_anchored(digest=digest)]
    for digest in unknown:
        print(f"The anchor {digest} is not in the chain: the chain was replaced after it was kept.", file=sys.stderr)
    if not broken and not unknown:
        print("All seals hold.")
    return 1 if broken or unknown else 0


ACTS = {"verify": _verify, "seal": _seal, "anchor": _anchor}
