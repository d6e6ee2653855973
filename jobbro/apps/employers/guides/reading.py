"""Reads the guides; whatever is wrong is refused with file, line and field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jobbro.apps.employers.guides.records import Guide, GuideLine, Guides, Named, Texts
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.because import Source
from jobbro.kernel.content import Place, read_fields
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS, LANGUAGES

FOLDER = Path(__file__).parent
_CODE = re.compile(r"[a-z][a-z0-9_]{1,49}")


@cache
def guides() -> Guides:
    """The guides that are shipped, read once."""
    return read_guides(FOLDER, measures=[entry.code for entry in catalogue().entries])


def read_guides(folder: Path, *, measures: Collection[str]) -> Guides:
    """The guides in `folder`: `frame.yaml` and the files in `content/`; `measures` are the codes they may name.

    Raises `ContentError` with file, line and field for a missing or unknown field, phase, kind, area, measure or
    source, an empty text, and a code given twice in any of the files.
    """
    frame = folder / "frame.yaml"
    head = read_fields(frame).fields(required=("phases", "kinds", "sources"))
    phases, kinds, sources = _named(head["phases"]), _named(head["kinds"]), _sources(head["sources"])
    files = sorted((folder / "content").glob("*.yaml"))
    found: dict[str, Guide] = {}
    for path in files:
        for place in read_fields(path).fields(required=("guides",))["guides"].items():
            guide = _guide(place, phases=phases, kinds=kinds, sources=sources, measures=tuple(measures))
            if guide.code in found:
                place.refuse(f"the code {guide.code!r} is given twice")
            found[guide.code] = guide
    if not found:
        raise ContentError(file=folder.name, line=1, field="", reason="holds no guides")
    order = [phase.code for phase in phases]
    ordered = tuple(sorted(found.values(), key=lambda guide: order.index(guide.phase)))
    return Guides(
        guides=ordered,
        phases=phases,
        kinds=kinds,
        version=_version([frame, *files]),
        by_code=MappingProxyType({guide.code: guide for guide in ordered}),
        by_phase=MappingProxyType(
            {phase: tuple(guide for guide in ordered if guide.phase == phase) for phase in order}
        ),
    )


def _guide(
    place: Place,
    *,
    phases: Sequence[Named],
    kinds: Sequence[Named],
    sources: Mapping[str, Source],
    measures: Sequence[str],
) -> Guide:
    fields = place.fields(required=("code", "phase", "title", "body"), optional=("areas", "measures"))
    return Guide(
        code=_code(fields["code"]),
        phase=fields["phase"].one_of([phase.code for phase in phases]),
        title=_texts(fields["title"]),
        areas=_choices(fields.get("areas"), allowed=AREAS),
        measures=_choices(fields.get("measures"), allowed=measures),
        lines=tuple(_line(item, kinds=kinds, sources=sources) for item in fields["body"].items()),
    )


def _line(place: Place, *, kinds: Sequence[Named], sources: Mapping[str, Source]) -> GuideLine:
    fields = place.fields(required=("kind", *LANGUAGES), optional=("source",))
    return GuideLine(
        kind=fields["kind"].one_of([kind.code for kind in kinds]),
        text=Texts(da=fields["da"].text(), en=fields["en"].text()),
        source=sources[fields["source"].one_of(tuple(sources))] if "source" in fields else None,
    )


def _choices(place: Place | None, *, allowed: Sequence[str]) -> tuple[str, ...]:
    """The entries of a list in its order, each once; none when the field is left out."""
    if place is None:
        return ()
    chosen: list[str] = []
    for item in place.items():
        if (code := item.one_of(allowed)) in chosen:
            item.refuse(f"{code!r} is given twice")
        chosen.append(code)
    return tuple(chosen)


def _sources(place: Place) -> Mapping[str, Source]:
    found: dict[str, Source] = {}
    for item in place.items():
        fields = item.fields(required=("code", "title", "url", "checked_on", "confirmed"))
        code = _code(fields["code"])
        if code in found:
            item.refuse(f"the code {code!r} is given twice")
        try:
            found[code] = Source(
                title=fields["title"].text(),
                url=fields["url"].text(),
                checked_on=fields["checked_on"].day(),
                is_confirmed=fields["confirmed"].boolean(),
            )
        except ContentError:
            raise
        except ValueError as error:
            item.refuse(str(error))
    return found


def _named(place: Place) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for item in place.items():
        fields = item.fields(required=("code", *LANGUAGES))
        code = _code(fields["code"])
        if code in found:
            item.refuse(f"the code {code!r} is given twice")
        found[code] = Named(code=code, name=Texts(da=fields["da"].text(), en=fields["en"].text()))
    return tuple(found.values())


def _code(place: Place) -> str:
    code = place.text()
    if not _CODE.fullmatch(code):
        place.refuse(f"{code!r} is not a code; use a-z, 0-9 and _")
    return code


def _texts(place: Place) -> Texts:
    fields = place.fields(required=LANGUAGES)
    return Texts(da=fields["da"].text(), en=fields["en"].text())


def _version(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
