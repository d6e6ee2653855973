"""Every text for people has its Danish."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.db.models import Choices
from django.utils.functional import Promise

import jobbro.apps
from jobbro.cli.database import PROJECT
from jobbro.cli.messages import messages_of_code, problems

DANISH = PROJECT / "jobbro" / "web" / "locale" / "da" / "LC_MESSAGES" / "django.po"


def _enums() -> list[type[Choices]]:
    apps = [info.name for info in pkgutil.iter_modules(jobbro.apps.__path__)]
    with_enums = [name for name in apps if (Path(jobbro.apps.__path__[0]) / name / "enums.py").exists()]
    modules = [importlib.import_module(f"jobbro.apps.{name}.enums") for name in with_enums]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Choices) and value.__module__ == module.__name__
    ]


@pytest.fixture(scope="module")
def danish() -> Catalog:
    with DANISH.open("rb") as source:
        return read_po(source, locale="da")


def test_every_text_is_translated() -> None:
    assert list(problems(messages_of_code(), language="da")) == []


@pytest.mark.parametrize("enum", _enums(), ids=lambda enum: f"{enum.__module__}.{enum.__name__}")
def test_every_label_of_a_code_is_translated(enum: type[Choices], danish: Catalog) -> None:
    for member in enum:
        label = member._label_
        assert isinstance(label, Promise), f"{enum.__name__}.{member.name} is not marked for translation"
        msgid = label._args[0]
        found = danish.get(msgid)
        assert found is not None and found.string, f"{enum.__name__}.{member.name}: {msgid!r} has no Danish"


def test_days_in_texts_are_written_one_way() -> None:
    """31.12.2027: as the field for days says it, and nobody has to wonder which way is right."""
    days = re.compile(r"\b(?:\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d{1,2}-\d{1,2})\b")
    texts = [str(message.id) for message in messages_of_code() if message.id]
    told = {day[0] for text in texts for day in days.finditer(text)}
    assert "31.12.2027" in told
    assert not {day for day in told if not re.fullmatch(r"\d\d\.\d\d\.20\d\d", day)}


def test_a_day_is_asked_for_by_the_field_for_days() -> None:
    own = re.compile(r"forms\.DateField\((?!widget=forms\.HiddenInput)")
    files = (PROJECT / "jobbro" / "web").rglob("*.py")
    assert not [file.name for file in files if own.search(file.read_text("utf-8"))]
