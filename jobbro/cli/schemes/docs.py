"""`jobbro schemes docs`: the law book written from the rules, or checked to be what the rules say."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from jobbro.cli.errors import CommandFailed
from jobbro.cli.schemes.law_book import law_book
from jobbro.cli.schemes.reading import add_package, package_in

HELP = "write the law book in Danish, one page a scheme; --check tells whether it is up to date"


def add_arguments(parser: ArgumentParser) -> None:
    """Where the pages go."""
    add_package(parser)
    parser.add_argument("--out", type=Path, default=Path("docs/lovbog"), metavar="FOLDER", help="where (docs/lovbog)")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when a page is not what the rules say")


def run(options: Namespace) -> int:
    """Write what has changed, and take away pages of schemes that are gone."""
    pages = law_book(package_in(options.package), folder=options.package)
    stale = [name for name, text in pages.items() if _text(options.out / name) != text]
    gone = [path.name for path in options.out.glob("*.md") if path.name not in pages]
    if options.check:
        for name in (*stale, *gone):
            print(f"{options.out / name} is not what the rules say; run `jobbro schemes docs`")
        return 1 if stale or gone else 0
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (options.out / name).write_text(pages[name], encoding="utf-8")
        for name in gone:
            (options.out / name).unlink()
    except OSError as error:
        raise CommandFailed(f"{error.filename} cannot be written: {error.strerror}.") from error
    print(f"{len(pages)} pages in {options.out}, {len(stale)} written, {len(gone)} taken away")
    return 0


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
