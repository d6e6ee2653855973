"""Every address of the product, with the rule its view carries."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from .shapes import Page


def all_pages(actors: dict[str, Any]) -> tuple[list[Page], list[str]]:
    """The pages by name, and a sentence for each view without a rule. `actors` are the visitors by label."""
    pages, problems = [], []
    for name, route, pattern in sorted(_walk(get_resolver(), before=""), key=lambda found: found[:2]):
        rule = getattr(pattern.callback, "page_rule", None)
        if rule is None:
            problems.append(f"The view behind {route!r} has no @page: nothing says who may open it.")
        pages.append(
            Page(
                name=name or route,
                route=route,
                arguments=tuple(pattern.pattern.converters),
                rule=rule.name if rule else "",
                allowed=frozenset(label for label, actor in actors.items() if rule and rule.allows(actor)),
                writes=bool(getattr(pattern.callback, "page_writes", False)),
            )
        )
    return pages, problems


def _walk(resolver: URLResolver, *, before: str) -> Iterator[tuple[str, str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, before=route)
        else:
            yield entry.name or "", route, entry


def actor_behind(user_id: UUID | None) -> Any:
    """The actor that the middleware would build for this account today."""
    from django.utils import timezone

    from jobbro.apps.accounts.actor import actor_of
    from jobbro.apps.accounts.models import User
    from jobbro.apps.audit.context import acting_as

    if user_id is None:
        return None
    with acting_as(user_id):
        return actor_of(user=User.objects.get(pk=user_id), on=timezone.localdate())
