"""Every text for people has its Danish."""

import importlib
import pkgutil
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
