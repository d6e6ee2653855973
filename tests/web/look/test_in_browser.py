"""A page with every part of the look, in a real browser under a strict content policy; no server and no database."""

import mimetypes
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.urls import path
from django.utils.translation import override
from django.views.generic import RedirectView
from playwright.sync_api import Browser, Page, Route

from jobbro.webkit.charts import BridgeRow, NeedRow
from tests.browser import axe_violations

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "jobbro/web/static"
SITE = "http://jobbro.test/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"
# The folds are open, the form has errors, the table is wider than a phone: the hardest state of each part.
SOURCE = """{% extends base %}{% load jobbro %}
{% block title %}Parts{% endblock %}
{% block content %}
{% error_summary form %}
<form method="post" novalidate>{% form_token form %}{% field form.level heading=True %}{% field form.name %}
{% field form.words %}{% field form.team %}{% field form.agrees %}
<div class="actions"><button class="button button-primary">Save</button>
<a class="button button-secondary" href="/">Back</a>
<button class="button button-tertiary">Skip</button><button class="button button-warning">Delete</button></div></form>
{% way "support" %}{% bridge rows "The bridge" "Fits with support." %}{% need_picture needs "The needs" %}
{% table_region "People" %}<table class="table">
<thead><tr><th scope="col">Name</th><th scope="col">State</th></tr></thead>
<tbody><tr><th scope="row"><a href="/a">A</a></th><td><span class="tag-word is-amber">waits</span> <span
class="tag-word is-blue">goes on</span></td></tr></tbody></table>{% endtable_region %}{% pagination page %}
{% include "parts/_empty.html" with title="Your plan" text="It comes here." action_url="/" action_label="Begin" %}
<div class="alert alert-success"><div class="alert-body"><p class="alert-text">Saved</p></div></div>
<div class="panel panel-now"><h2>Now</h2><p class="quiet">Words</p></div>
{% endblock %}"""
ROWS = (
    BridgeRow(area="Lifting and carrying", demand=3, solid=1, hatched=2, measure="Assistance", payer="a scheme"),
    BridgeRow(area="Working pace", demand=4, solid=2, missing=2),
    BridgeRow(area="Remembering", demand=2, is_open=True),
)
NEEDS = (NeedRow(area="lifting", level=1, words="My back"), NeedRow(area="memory", level=None, status="dont_know"))


class Question(forms.Form):
    level = forms.ChoiceField(label="How does it go?", widget=forms.RadioSelect, choices=[("4", "Well"), ("1", "Hard")])
    name = forms.CharField(label="Your name", help_text="As you use it")
    words = forms.CharField(label="Your words", required=False, widget=forms.Textarea)
    team = forms.ChoiceField(label="Team", choices=[("", "–"), ("n", "North")])
    agrees = forms.BooleanField(label="I agree")


def _html(*, base: str, settings: Any) -> str:
    settings.ROOT_URLCONF = tuple(
        path(f"{name}/", RedirectView.as_view(), name=name)
        for name in ("home", "help", "accessibility", "logout", "set_language", "set_easy")
    )
    request = RequestFactory().get("/")
    page = Paginator(range(300), 25).get_page(4)
    values = {"base": base, "form": Question({}), "rows": ROWS, "needs": NEEDS, "page": page}
    with override("en"):
        return Template(SOURCE).render(RequestContext(request, values))


def _open(*, browser: Browser, html: str, width: int, problems: list[str]) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.route("**/*", lambda route: _answer(route=route, html=html))
    page.goto(SITE)
    return page


def _answer(*, route: Route, html: str) -> None:
    address = route.request.url.removeprefix(SITE)
    if not address.startswith("static/"):
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})
        return
    file = STATIC / address.removeprefix("static/")
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    route.fulfill(body=file.read_bytes(), content_type=kind)


@pytest.mark.parametrize("base", ["base_citizen.html", "base_staff.html"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_part_is_accessible_and_fits(chromium: Browser, settings: Any, base: str, width: int) -> None:
    problems: list[str] = []
    page = _open(browser=chromium, html=_html(base=base, settings=settings), width=width, problems=problems)
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert problems == []
    page.close()


def test_error_summary_has_the_focus_and_leads_to_the_field(chromium: Browser, settings: Any) -> None:
    page = _open(browser=chromium, html=_html(base="base_citizen.html", settings=settings), width=375, problems=[])
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.get_by_role("link", name="Your name: Write an answer here.").click()
    assert page.evaluate("document.activeElement.id") == "id_name"
    page.close()


def test_one_key_hides_the_screen_and_brings_it_back_with_what_was_typed(chromium: Browser, settings: Any) -> None:
    page = _open(browser=chromium, html=_html(base="base_staff.html", settings=settings), width=1280, problems=[])
    title = page.title()
    page.fill("#id_name", "Anna")
    page.keyboard.press("F9")
    assert page.title() == "jobbro"
    assert page.evaluate("document.getElementById('cover').matches(':modal')")
    page.keyboard.press("F9")
    # The dialog tells that it has closed in a task of its own.
    page.wait_for_function("title => document.title === title", arg=title)
    assert page.input_value("#id_name") == "Anna"
    page.close()


def test_buttons_are_large_enough_for_citizens(chromium: Browser, settings: Any) -> None:
    page = _open(browser=chromium, html=_html(base="base_citizen.html", settings=settings), width=375, problems=[])
    measured = "all => all.filter(one => one.offsetHeight && one.offsetHeight < 44).map(one => one.textContent.trim())"
    assert page.eval_on_selector_all("button, .button, .tool, summary, .form-radio + label, select", measured) == []
    page.close()


def test_nothing_stays_in_the_storage_of_a_shared_computer(chromium: Browser, settings: Any) -> None:
    page = _open(browser=chromium, html=_html(base="base_citizen.html", settings=settings), width=1280, problems=[])
    page.wait_for_function("window.htmx !== undefined")
    page.goto(f"{SITE}next/")
    assert page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]") == []
    page.close()
