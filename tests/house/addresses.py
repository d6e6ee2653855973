"""Every address of the product with its view, for tests that walk them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name, its path and the view behind it."""

    name: str
    route: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]


def addresses() -> list[Address]:
    """All of them, by name."""
    return sorted(_walk(get_resolver(), before=""), key=lambda address: (address.name, address.route))


def _walk(resolver: URLResolver, *, before: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, before=route)
        else:
            yield _address(entry, route=route)


def _address(pattern: URLPattern, *, route: str) -> Address:
    arguments = tuple(pattern.pattern.converters) + tuple(getattr(pattern.pattern.regex, "groupindex", {}))
    return Address(
        name=pattern.name or "", route=route, arguments=tuple(dict.fromkeys(arguments)), view=pattern.callback
    )
