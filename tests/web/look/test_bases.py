"""The base pages carry the same things in the same places, and nothing that the content policy refuses."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import path, reverse
from django.views.generic import RedirectView

NAMES = ("home", "help", "accessibility", "logout", "set_language", "set_easy")
# The look is checked without the slices: any address with the right name will do.
ADDRESSES = tuple(path(f"{name}/", RedirectView.as_view(), name=name) for name in NAMES)
TEMPLATES = Path(__file__).parents[3] / "jobbro/web/templates"
ERRORS = sorted(path.name for path in (TEMPLATES / "errors").glob("[0-9]*.html"))
# Data in a script element is not run, and the policy says nothing of it.
SCRIPT = r"<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\">)"
REFUSED = re.compile(rf"\sstyle=|\son[a-z]+=|<style|{SCRIPT}|hx-on|hx-vals=.js:|javascript:")


@pytest.fixture
def only_names(settings: Any) -> None:
    settings.ROOT_URLCONF = ADDRESSES


def _page(name: str = "base_staff.html", **context: object) -> str:
    return render_to_string(name, context, request=RequestFactory().get("/cases/?team=1"))


@pytest.mark.parametrize("name", ["base_citizen.html", "base_staff.html"])
@pytest.mark.usefixtures("only_names")
def test_base_has_skip_link_main_help_and_statement(name: str) -> None:
    text = _page(name)
    assert '<a class="skip-link" href="#main">' in text
    assert text.count("<main") == 1
    assert text.index("skip-link") < text.index("tool-help") < text.index("<main") < text.index("site-footer")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_writes_what_the_policy_refuses(path: Path) -> None:
    assert REFUSED.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.usefixtures("only_names")
def test_htmx_keeps_no_copy_of_a_page_and_evaluates_nothing() -> None:
    found = re.search(r"name=\"htmx-config\"\s+content='(.*?)'", _page())
    assert found
    config = json.loads(found[1])
    assert config["historyCacheSize"] == 0
    assert config["allowEval"] is False
    assert config["selfRequestsOnly"] is True
    assert {"code": "422", "swap": True} in config["responseHandling"]


@pytest.mark.usefixtures("only_names")
def test_title_begins_with_the_error_when_the_form_has_one() -> None:
    class Form(forms.Form):
        name = forms.CharField()

    assert re.search(r"<title>\w+: ", _page(form=Form({})))
    assert not re.search(r"<title>\w+: ", _page(form=Form({"name": "A"})))


@pytest.mark.usefixtures("only_names")
def test_switches_come_back_to_the_same_page() -> None:
    assert _page().count('name="next" value="/cases/?team=1"') == 2


@pytest.mark.usefixtures("only_names")
def test_easy_view_is_marked_and_can_be_left() -> None:
    assert 'name="easy" value="on"' in _page()
    easy = _page(is_easy=True)
    assert "is-easy" in easy
    assert 'name="easy" value="off"' in easy


@pytest.mark.parametrize("name", NAMES)
def test_addresses_that_every_page_names_are_there(name: str) -> None:
    assert reverse(name)


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_needs_no_request_and_no_context(name: str) -> None:
    text = get_template(f"errors/{name}").render()
    assert text.count("<h1>") == 1
    assert '<main id="main">' in text
    assert 'href="/static/jobbro/jobbro.css"' in text


def test_all_error_pages_are_there() -> None:
    assert {f"{code}.html" for code in (400, 403, 404, 413, 500, 503)} <= set(ERRORS)


def test_what_was_typed_can_be_sent_again() -> None:
    carried = {"path": "/screening/1/", "fields": [("words", 'a "b" <c>')]}
    text = render_to_string("errors/503.html", {"carried": carried}, request=RequestFactory().get("/"))
    assert 'action="/screening/1/"' in text
    assert 'name="words" value="a &quot;b&quot; &lt;c&gt;"' in text
