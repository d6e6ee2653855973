"""What `jobbro smoke` asks of an answer: which request it was and how many queries it took. Not there in real use."""

import os
from collections.abc import Callable
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse

SWITCH = "JOBBRO_SMOKE"
REQUEST_HEADER, QUERIES_HEADER = "X-Jobbro-Request", "X-Jobbro-Queries"


def is_measuring() -> bool:
    """Whether the environment asks for it; only the development settings do so too."""
    return os.environ.get(SWITCH) == "1"


class MeasuringMiddleware:
    """Adds the two headers to every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not is_measuring():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = 0

        def count(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
            nonlocal asked
            asked += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response.headers[REQUEST_HEADER] = str(getattr(request, "id", ""))
        response.headers[QUERIES_HEADER] = str(asked)
        return response
