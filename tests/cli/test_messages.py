"""Texts are found in Python and templates, and no gap in the translation passes."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from jobbro.cli import messages

CODE = 'from django.utils.translation import gettext_lazy as _\nTITLE = _("Plan")\n'
PAGE = """<p>
{% load i18n %}{% translate "Next step" %}
    {% blocktranslate trimmed with name=person %}
      Hello
      %(name)s, {{ name }}
    {% endblocktranslate %}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "PROJECT", tmp_path)
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "jobbro" / "web" / "locale")
    (tmp_path / "jobbro" / "web" / "templates").mkdir(parents=True)
    (tmp_path / "jobbro" / "web" / "views.py").write_text(CODE)
    (tmp_path / "jobbro" / "web" / "templates" / "page.html").write_text(PAGE)
    return tmp_path


def found(catalog: Catalog) -> set[str]:
    return {str(message.id) for message in catalog if message.id}


def test_texts_are_found_in_python_and_templates(project: Path) -> None:
    assert found(messages.messages_of_code()) == {"Plan", "Next step", "Hello %%(name)s, %(name)s"}


def test_an_untranslated_text_is_told_and_a_translated_one_is_compiled(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "jobbro" / "web" / "templates" / "page.html").write_text('{% translate "Next %(n)s" %}')
    assert messages.update_messages() == 1
    assert "not translated: 'Plan'" in capsys.readouterr().err
    file = project / "jobbro" / "web" / "locale" / "da" / "LC_MESSAGES" / "django.po"
    text = file.read_text().replace('msgid "Plan"\nmsgstr ""', 'msgid "Plan"\nmsgstr "Din plan"')
    file.write_text(text.replace('%(n)s"\nmsgstr ""', '%(n)s"\nmsgstr "Næste"'))
    assert messages.check_messages() == 1
    assert "other placeholders" in capsys.readouterr().err
    file.write_text(file.read_text().replace('"Næste"', '"Næste %(n)s"'))
    assert messages.check_messages() == 0
    messages.compile_messages()
    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Plan") == "Din plan"
