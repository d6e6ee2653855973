"""The tags that every page is built from; docs/look.md shows each one in use."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobbro.engines.support.catalogue import catalogue
from jobbro.webkit.bridges import measure_name
from jobbro.webkit.charts import BridgeRow, NeedRow, WeekPicture, bridge_picture, need_picture
from jobbro.webkit.dates import spoken_date, spoken_moment
from jobbro.webkit.forms import field_parts, form_problems
from jobbro.webkit.icons import draw_icon
from jobbro.webkit.labels import AREA_LABELS, DEMAND_WORDS, LEVEL_SENTENCES, LEVEL_WORDS, WAY_STEPS, Label
from jobbro.webkit.schemes.values import hours_words, number_text, week_hours

register = template.Library()

KEY_FIELD = "form_token"


@register.inclusion_tag("parts/_field.html")
def field(bound: BoundField, *, heading: bool = False) -> dict[str, object]:
    """One form field with label, hint and error; `heading=True` makes its label the heading of the page."""
    return {"field": field_parts(bound=bound), "heading": heading}


@register.inclusion_tag("parts/_error_summary.html")
def error_summary(*all_forms: forms.BaseForm | None) -> dict[str, object]:
    """What must be looked at, with links to the fields. Nothing when all is well."""
    problems = [
        problem for form in all_forms if form is not None and form.errors for problem in form_problems(form=form)
    ]
    return {"problems": problems}


@register.simple_tag
def form_token(form: forms.BaseForm | None = None) -> SafeString:
    """A hidden key that makes sending twice the same as once; a form that comes back with errors keeps its key."""
    return format_html('<input type="hidden" name="{}" value="{}">', KEY_FIELD, _kept_token(form=form) or uuid4())


def _kept_token(*, form: forms.BaseForm | None) -> str:
    # Only a form that was refused may keep its key: a key that was used would make the next answer look like a repeat.
    if form is None or not form.is_bound or not form.errors:
        return ""
    try:
        return str(UUID(form.data.get(KEY_FIELD, "")))
    except ValueError:
        return ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the design system; always put words beside it."""
    return draw_icon(name=name)


@register.filter
def danish_date(day: date | None) -> str:
    """“tirsdag den 3. marts 2027” in the language of the page."""
    return "" if day is None else spoken_date(day=day)


@register.filter
def hours_number(hours: Decimal | None) -> str:
    """“2,5”: no more decimals than are there."""
    return "" if hours is None else number_text(float(hours))


@register.filter
def hours_told(hours: Decimal | None) -> str:
    """“1 time”, “2,5 timer”."""
    return "" if hours is None else hours_words(hours)


@register.filter
def hours_a_week(hours: Decimal | None) -> str:
    """“1 time om ugen”, “2,5 timer om ugen”."""
    return "" if hours is None else week_hours(hours)


@register.filter
def danish_moment(moment: datetime | None) -> str:
    """“tirsdag den 3. marts 2027 kl. 14.05” in the language of the page."""
    return "" if moment is None else spoken_moment(moment=moment)


@register.filter
def area_label(code: str) -> Label:
    """The function area as people call it."""
    return AREA_LABELS[code]


@register.filter
def level_word(level: int | None) -> Label:
    """How a person manages an area, in a word or two."""
    return LEVEL_WORDS[level]


@register.filter
def level_sentence(level: int) -> Label:
    """How a person manages an area, as the sentence to choose."""
    return LEVEL_SENTENCES[level]


@register.filter
def demand_word(level: int) -> Label:
    """How much a job asks in an area."""
    return DEMAND_WORDS[level]


@register.filter
def measure_word(code: str) -> str:
    """A support measure as people call it; one that has left the catalogue by its code."""
    return next((measure_name(entry) for entry in catalogue().entries if entry.code == code), code)


@register.inclusion_tag("parts/_way.html")
def way(current: str) -> dict[str, object]:
    """The way from dialogue to follow-up as one line, with where we are."""
    codes = list(WAY_STEPS)
    here = codes.index(current)
    states = ["done" if place < here else "current" if place == here else "ahead" for place in range(len(codes))]
    return {"steps": [{"label": WAY_STEPS[code], "state": state} for code, state in zip(codes, states, strict=True)]}


@register.inclusion_tag("parts/_pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, parameter: str = "page") -> dict[str, Any]:
    """Links to the other pages of a list; the filters in the address are kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [_page_link(context["request"].GET, parameter, number) for number in numbers],
        "previous": _address(context["request"].GET, parameter, page.number - 1) if page.has_previous() else "",
        "next": _address(context["request"].GET, parameter, page.number + 1) if page.has_next() else "",
    }


def _page_link(query: Any, parameter: str, number: int | str) -> dict[str, Any]:
    if isinstance(number, int):
        return {"number": number, "url": _address(query, parameter, number)}
    return {"number": None, "url": ""}


def _address(query: Any, parameter: str, number: int) -> str:
    changed = query.copy()
    changed[parameter] = number
    return f"?{changed.urlencode()}"


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """A wide table in a region of its own, so that only it scrolls and the keyboard reaches it."""
    return format_html(
        '<div class="table--responsive-scroll" role="region" tabindex="0" aria-label="{}">{}</div>', label, content
    )


@register.inclusion_tag("parts/charts/_bridge.html")
def bridge(rows: Iterable[BridgeRow], title: str, sentence: str, *, folds_calm: bool = False) -> dict[str, object]:
    """The bridge between a person and a job: picture, sentence and table; `folds_calm` folds rows that need nothing."""
    return {"bridge": bridge_picture(rows=tuple(rows), title=title, sentence=sentence, folds_calm=folds_calm)}


@register.inclusion_tag("parts/charts/_need_picture.html", name="need_picture")
def need_picture_tag(needs: Iterable[NeedRow], title: str, *, only_known: bool = False) -> dict[str, object]:
    """A person's needs as a picture with the words beside, and as a table; `only_known` leaves out untold areas."""
    return {"picture": need_picture(needs=tuple(needs), title=title, only_known=only_known)}


@register.inclusion_tag("parts/charts/_week.html")
def week(picture: WeekPicture) -> dict[str, object]:
    """The hours of a job in a normal week: picture and table."""
    return {"week": picture}
