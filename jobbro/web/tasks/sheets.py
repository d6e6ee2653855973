"""Spreadsheets of tasks."""

from uuid import UUID

from django.http import Http404, HttpResponse

from jobbro.webkit.requests import Request

from .acting import keeping, reading


@keeping
def tasks_import(request: Request, workplace_id: UUID) -> HttpResponse:
    raise Http404


@reading
def tasks_export(request: Request, workplace_id: UUID) -> HttpResponse:
    raise Http404
