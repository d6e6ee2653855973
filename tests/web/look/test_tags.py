"""The tags write what a screen reader and a retry need."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from jobbro.webkit.icons import UnknownIcon

KEY = "0190f3f0-1111-7000-8000-000000000001"


class Question(forms.Form):
    name = forms.CharField(
        label="Your name", help_text="As you use it", widget=forms.TextInput({"autocomplete": "name"})
    )
    level = forms.ChoiceField(
        label="How does it go?",
        help_text="On a normal day",
        widget=forms.RadioSelect,
        choices=[("4", "Well"), ("1", "Hard")],
    )
    team = forms.ChoiceField(label="Team", choices=[("", "–"), ("n", "North")])
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agrees = forms.BooleanField(label="I agree")
    hours = forms.IntegerField(label="Hours", error_messages={"required": "How many hours?"})


def _render(source: str, **context: object) -> str:
    with override("en"):
        return Template("{% load jobbro %}" + source).render(Context(context))


def _field(name: str, *, form: forms.Form, heading: bool = False) -> str:
    return _render("{% field bound heading=heading %}", bound=form[name], heading=heading)


def test_field_ties_label_hint_and_control() -> None:
    text = _field("name", form=Question())
    assert '<label class="form-label" for="id_name">Your name' in text
    assert 'id="id_name_helptext">As you use it' in text
    assert 'aria-describedby="id_name_helptext"' in text
    assert 'autocomplete="name"' in text
    assert 'class="form-input"' in text


def test_field_with_error_names_it_for_the_control() -> None:
    text = _field("name", form=Question({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert "Write an answer here." in text


def test_choices_stand_in_a_described_fieldset_with_a_label_each() -> None:
    text = _field("level", form=Question({}))
    assert '<fieldset aria-describedby="id_level_helptext id_level_error">' in text
    assert text.count("aria-describedby") == 1
    assert text.count('class="form-radio"') == 2
    assert re.findall(r'<label for="(.*?)">(.*?)</label>', text) == [("id_level_0", "Well"), ("id_level_1", "Hard")]


def test_chosen_answer_is_kept_when_the_form_comes_back() -> None:
    assert re.search(r'value="1"[^>]*checked', _field("level", form=Question({"level": "1"})))


@pytest.mark.parametrize("name", ["name", "level"])
def test_question_may_be_the_heading_of_the_page(name: str) -> None:
    assert _field(name, form=Question(), heading=True).count("<h1") == 1


def test_optional_field_says_so() -> None:
    assert "(optional)" in _field("note", form=Question())
    assert "(optional)" not in _field("name", form=Question())


def test_select_and_checkbox_have_their_looks() -> None:
    assert 'class="form-select"' in _field("team", form=Question())
    assert 'class="form-checkbox"' in _field("agrees", form=Question())


def test_typed_text_is_escaped() -> None:
    text = _field("name", form=Question({"name": '"><script>'}))
    assert "<script>" not in text


def test_error_summary_links_each_problem_to_its_field() -> None:
    text = _render("{% error_summary form %}", form=Question({}))
    assert "Error: look at 5 things before you go on" in text
    assert re.findall(r'href="#(.*?)">(.*?)</a>', text) == [
        ("id_name", "Your name: Write an answer here."),
        ("id_level_0", "How does it go? Choose an answer."),
        ("id_team", "Team: Choose an answer."),
        ("id_agrees", "I agree: Tick the box if you want to go on."),
        ("id_hours", "Hours: How many hours?"),
    ]
    assert 'tabindex="-1"' in text


@pytest.mark.parametrize("form", [None, Question()])
def test_error_summary_is_silent_when_all_is_well(form: forms.Form | None) -> None:
    assert _render("{% error_summary form %}", form=form).strip() == ""


def test_error_summary_tells_problems_of_the_whole_form_first() -> None:
    form = Question({})
    form.add_error(None, "The two dates are in the wrong order.")
    assert "<li>The two dates are in the wrong order.</li>" in _render("{% error_summary form %}", form=form)


def _token(form: forms.Form | None) -> str:
    found = re.search(r'name="form_token" value="(.*?)"', _render("{% form_token form %}", form=form))
    assert found
    return str(UUID(found[1]))


def test_refused_form_keeps_its_key() -> None:
    assert _token(Question({"form_token": KEY})) == KEY


@pytest.mark.parametrize(
    "form",
    [
        None,
        Question(),
        Question({"form_token": "no key"}),
        Question({"form_token": KEY, "name": "A", "level": "1", "team": "n", "agrees": "on", "hours": "3"}),
    ],
    ids=["no form", "new", "forged", "accepted"],
)
def test_every_other_form_gets_a_new_key(form: forms.Form | None) -> None:
    first, second = _token(form), _token(form)
    assert KEY not in (first, second)
    assert first != second


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("da", "onsdag den 3. marts 2027|onsdag den 3. marts 2027 kl. 14.05"),
        ("en", "Wednesday 3 March 2027|Wednesday 3 March 2027 at 14:05"),
    ],
)
def test_dates_are_said_as_people_say_them(language: str, told: str) -> None:
    moment = datetime(2027, 3, 3, 13, 5, tzinfo=UTC)
    with override(language):
        template = Template("{% load jobbro %}{{ day|danish_date }}|{{ moment|danish_moment }}")
        assert template.render(Context({"day": date(2027, 3, 3), "moment": moment})) == told


def test_moment_before_midnight_utc_is_told_on_its_danish_day() -> None:
    assert _render("{{ at|danish_date }}", at=datetime(2027, 7, 1, 22, 30, tzinfo=UTC)) == "Friday 2 July 2027"


def test_no_date_says_nothing() -> None:
    assert _render("{{ day|danish_date }}{{ day|danish_moment }}", day=None) == ""


def test_codes_and_levels_become_words() -> None:
    assert _render("{{ 'lifting'|area_label }}") == "Lifting and carrying"
    assert _render("{{ 2|level_word }}, {{ 2|level_sentence }}, {{ 3|demand_word }}") == "hard, It is hard, much"
    assert _render("{{ level|level_word }}", level=None) == "not talked about yet"


def test_icon_is_hidden_from_screen_readers_and_unknown_names_are_refused() -> None:
    assert 'aria-hidden="true"' in _render("{% icon 'check' %}")
    with pytest.raises(UnknownIcon):
        _render("{% icon 'unicorn' %}")


def test_way_marks_where_we_are() -> None:
    text = _render("{% way 'support' %}")
    assert text.count("way-done") == 2
    assert text.count('aria-current="step"') == 1
    assert text.count("way-ahead") == 3


def test_pagination_keeps_the_filters() -> None:
    request = RequestFactory().get("/citizens/", {"team": "nord & syd", "page": "2"})
    text = _render("{% pagination page %}", page=Paginator(range(100), 25).get_page(2), request=request)
    assert 'href="?team=nord+%26+syd&amp;page=3"' in text
    assert text.count('aria-current="page"') == 1
    assert "26 to 50 of 100" in text


def test_pagination_of_one_page_is_silent() -> None:
    request = RequestFactory().get("/citizens/")
    assert _render("{% pagination page %}", page=Paginator([1], 25).get_page(1), request=request).strip() == ""


def test_table_region_takes_the_keyboard_and_has_a_name() -> None:
    text = _render("{% table_region label %}<table></table>{% endtable_region %}", label='Citizens "north"')
    assert 'role="region" tabindex="0" aria-label="Citizens &quot;north&quot;"><table></table>' in text
