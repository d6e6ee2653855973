"""The employer's page: what public support relieves, and the duty to adapt the work told beside it."""

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.engines.schemes.duties import load_duty
from jobbro.engines.schemes.loading import load_package
from jobbro.webkit.access import ANYONE, page
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes import MARK_WORDS, NoteWords, language, source_words

from .doors import EMPLOYER, door


@page(ANYONE)
def employer_support(request: Request) -> HttpResponse:
    """What support takes off a workplace, scheme by scheme, and what the employer must do."""
    duty, schemes = load_duty(), load_package().schemes
    said = language()
    relieves = door(EMPLOYER).relieves
    reliefs = [(code, schemes[code].title.in_language(said), text.in_language(said)) for code, text in relieves.items()]
    context = {
        "title": duty.title.in_language(said),
        "short": duty.short.in_language(said),
        "statements": [(one.text.in_language(said), one.paragraph, MARK_WORDS[one.mark]) for one in duty.statements],
        "outside": [(one.text.in_language(said), one.paragraph) for one in duty.outside_work],
        "complaint": duty.complaint.in_language(said),
        "notes": [NoteWords(mark=note.mark, text=note.text.in_language(said)) for note in duty.notes],
        "source": source_words(duty.source),
        "reliefs": reliefs,
    }
    return render(request, "open_guide/employer.html", context)
