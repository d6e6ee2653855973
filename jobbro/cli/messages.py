"""`jobbro messages`: translations gathered, checked and compiled without any tool but Python."""

import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from jobbro.cli.database import PROJECT

LOCALE = PROJECT / "jobbro" / "web" / "locale"
# English is the language of the msgids themselves, so it needs no catalogue.
LANGUAGES = ("da",)
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = DEFAULT_KEYWORDS | LAZY | {"gettext_noop": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")


def add_arguments(parser: ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("act", choices=tuple(ACTS), help="update from the code, check for gaps, or compile")


def run(options: Namespace) -> int:
    """0 when nothing is left to translate."""
    return ACTS[options.act]()


def compile_messages() -> int:
    """Every `.po` has its `.mo`, rewritten only when the `.po` is newer."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compiled = BytesIO()
            write_mo(compiled, _catalog(source))
            # Two processes may compile at once: each writes its own file, and either may take the place of the old.
            half = target.with_suffix(f".{os.getpid()}.half")
            half.write_bytes(compiled.getvalue())
            half.replace(target)
    return 0


def update_messages() -> int:
    """The catalogues hold exactly the texts of the code; new ones are empty, changed ones are never guessed."""
    template = messages_of_code()
    for language in LANGUAGES:
        file = _file(language)
        catalog = _catalog(file) if file.exists() else Catalog(locale=language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            write_po(out, catalog, width=120, sort_output=True, no_location=True, omit_header=False)
    return check_messages()


def check_messages() -> int:
    """Prints every text of the code that has no whole translation; 1 when there is one."""
    template = messages_of_code()
    found = [f"{language}: {problem}" for language in LANGUAGES for problem in problems(template, language=language)]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def problems(template: Catalog, *, language: str) -> Iterator[str]:
    """What is left to do in one language."""
    file = _file(language)
    catalog = _catalog(file) if file.exists() else Catalog(locale=language)
    for message in template:
        if message.id:
            translation = catalog.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            yield from _problem(message, translation)


def _problem(message: Message, translation: Message | None) -> Iterator[str]:
    strings = _texts(translation.string) if translation else []
    if not strings or not all(strings):
        yield f"not translated: {message.id!r}"
    elif translation is not None and translation.fuzzy:
        yield f"unsure (fuzzy): {message.id!r}"
    elif any(_placeholders(text) != _placeholders(_texts(message.id)[-1]) for text in strings[-1:]):
        yield f"other placeholders than in {message.id!r}: {strings[-1]!r}"


def _texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def messages_of_code() -> Catalog:
    """Every text marked for translation in Python and templates."""
    catalog = Catalog(project="Jobbro", charset="utf-8")
    for path in sorted([*PROJECT.glob("jobbro/**/*.py"), *PROJECT.glob("config/**/*.py")]):
        _add(catalog, path.read_bytes(), place=path)
    for path in sorted(p for ending in ("html", "txt") for p in PROJECT.glob(f"jobbro/**/templates/**/*.{ending}")):
        _add(catalog, _template_as_python(path), place=path)
    return catalog


def _add(catalog: Catalog, source: bytes, *, place: Path) -> None:
    name = str(place.relative_to(PROJECT))
    for line, message, comments, context in extract("python", BytesIO(source), KEYWORDS, ("Translators:",)):
        catalog.add(message, locations=[(name, line)], auto_comments=comments, context=context)


def _template_as_python(path: Path) -> bytes:
    """Django's own reading of a template, each line at the left margin so that Python can tokenize it."""
    from django.utils.translation.template import templatize

    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.lstrip() for line in text.splitlines()).encode()


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _catalog(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3])


ACTS = {"update": update_messages, "check": check_messages, "compile": compile_messages}
