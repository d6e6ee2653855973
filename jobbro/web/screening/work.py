"""Jobs to wish for: what is chosen, what a search found, and the common ones to look through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.screening.work import LONGEST_SEARCH, common_work, known_work, work_like
from jobbro.engines.support.occupations import Occupation
from jobbro.webkit.access import CASEWORK, CITIZEN, either, page
from jobbro.webkit.forms import FieldParts, field_parts
from jobbro.webkit.requests import Request

from .forms import AnswerForm
from .words import danish_key, work_name


@dataclass(frozen=True, kw_only=True)
class WorkFound:
    """The jobs that stand open on the page: the chosen ones first, then those that sound like the words."""

    chosen: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class WorkChoice:
    """The question about jobs: its two fields, what stands open, and the common jobs behind a fold."""

    field: FieldParts
    open: WorkFound
    common: tuple[tuple[str, str], ...]


def work_choice(form: AnswerForm) -> WorkChoice:
    """The jobs as the form has them now."""
    opened = work_found(chosen=form["occupations"].value() or (), words=form["find"].value() or "")
    shown = {code for code, _name in (*opened.chosen, *opened.found)}
    common = [pair for pair in _named(common_work()) if pair[0] not in shown]
    return WorkChoice(
        field=field_parts(bound=form["occupations"]),
        open=opened,
        common=tuple(sorted(common, key=lambda pair: danish_key(pair[1]))),
    )


def work_found(*, chosen: Sequence[str], words: str) -> WorkFound:
    """What is chosen, and what the words find besides."""
    kept = _named(known_work(chosen))
    codes = {code for code, _name in kept}
    found = tuple(pair for pair in _named(work_like(words)) if pair[0] not in codes)
    return WorkFound(chosen=kept, found=found, words=words.strip()[:LONGEST_SEARCH])


@page(either(CASEWORK, CITIZEN))
def work_search(request: Request) -> HttpResponse:
    """While somebody types: the jobs that stand open. It is about nobody, so it is no look at anybody."""
    opened = work_found(chosen=request.GET.getlist("occupations")[:LONGEST_SEARCH], words=request.GET.get("find", ""))
    return render(request, "screening/_work_open.html", {"open": opened})


def _named(work: Iterable[Occupation]) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, work_name(one)) for one in work)
