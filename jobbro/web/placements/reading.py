"""Tables and agreements as the pages show them: lines in words, the bridge, the hours as a picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.placements.enums import AgreementKind, MeetingKind, Outcome, Party, Stance
from jobbro.apps.placements.selectors.agreements import AgreementTold, VersionLine
from jobbro.apps.placements.selectors.table import SupportLine, TablePage
from jobbro.apps.plans.enums import Payer
from jobbro.webkit.bridges import BridgeTold, bridge_told, measure_name
from jobbro.webkit.charts import StepsPicture, steps_picture
from jobbro.webkit.dates import spoken_date, spoken_moment
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.schemes.values import language

from .words import measure_names, party_told, payer_told


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """Words of somebody at the table."""

    head: str
    stance: str
    text: str
    noted: str
    when: str


@dataclass(frozen=True, kw_only=True)
class ArrangedLine:
    """A support, who pays, who arranges it and by when; `is_late` when the day has passed."""

    code: str
    name: str
    payer: str
    who: str
    due_on: date | None
    done_on: date | None
    note: str
    id: object
    seen: str
    is_late: bool
    is_on_card: bool


@dataclass(frozen=True, kw_only=True)
class SignedLine:
    """A side of the table and its signature."""

    party: str
    name: str
    when: str
    on_behalf: str
    is_signed: bool
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class AgreementShown:
    """A wording in words, line by line as it is signed."""

    facts: tuple[tuple[str, str], ...]
    steps: StepsPicture
    measures: tuple[str, ...]
    signed: tuple[SignedLine, ...]
    standing: str


def table_shown(page: TablePage, *, on: date) -> dict[str, Any]:
    """The context of every page about one table, for the citizen and staff."""
    row = page.introduction
    told = bridge(page)
    own = Party.CITIZEN if page.is_own else Party.MUNICIPALITY
    return {
        "page": page,
        "row": row,
        "title": row.title,
        "kind": str(MeetingKind(row.kind).label),
        "people": people_shown(page.participants),
        "said": said_lines(page.said, own=own),
        "lines": [_support_line(line, on=on) for line in page.lines],
        "rows": told.rows,
        "bridge_title": _("The bridge to %(work)s") % {"work": row.title},
        "sentence": told.sentence,
        "outcome": str(Outcome(row.outcome).label) if row.outcome else "",
        "base_template": "base_citizen.html" if page.is_own else "base_staff.html",
    }


def bridge(page: TablePage) -> BridgeTold:
    """The bridge with the support of the table."""
    return bridge_told(capacity=page.told.person["capacity"], demand=page.told.job["demand"], support=page.support)


def people_shown(participants: Iterable[Any]) -> list[dict[str, Any]]:
    """Who is asked to come, and whether they came."""
    return [
        {"name": one.name, "role": one.role, "party": str(Party(one.party).label), "came": one.came}
        for one in participants
    ]


def said_lines(said: Iterable[Any], *, own: str) -> list[SaidLine]:
    """What was said, in the order it was written; own words are “you”."""
    return [
        SaidLine(
            head=f"{one.name}, {party_told(one.party, own=own)}",
            stance=str(Stance(one.stance).label) if one.stance else "",
            text=one.text,
            noted=_("Written down by %(name)s.") % {"name": one.noted_by} if one.noted_by else "",
            when=spoken_moment(moment=one.written_at),
        )
        for one in said
    ]


def _support_line(line: SupportLine, *, on: date) -> ArrangedLine:
    row = line.arrangement
    payer = row.scheme if row else line.entry.measure.scheme
    return ArrangedLine(
        code=line.entry.code,
        name=measure_name(line.entry),
        payer=payer_told(payer),
        who=row.who if row else "",
        due_on=row.due_on if row else None,
        done_on=row.done_on if row else None,
        note=row.note if row else "",
        id=row.pk if row else None,
        seen=line.seen,
        is_late=bool(row and row.done_on is None and row.due_on < on),
        is_on_card=line.is_on_card,
    )


def arranged_shown(arrangements: Iterable[Any], *, names: Mapping[str, str], on: date) -> list[ArrangedLine]:
    """Support that is arranged for the table, as the company reads it: what stands on the card."""
    return [
        ArrangedLine(
            code=row.measure,
            name=names.get(row.measure) or measure_names([row.measure])[0],
            payer=payer_told(row.scheme) if row.scheme in (Payer.EMPLOYER, Payer.NONE) else "",
            who=row.who,
            due_on=row.due_on,
            done_on=row.done_on,
            note="",
            id=row.pk,
            seen="",
            is_late=row.done_on is None and row.due_on < on,
            is_on_card=True,
        )
        for row in arrangements
    ]


def agreement_shown(told: AgreementTold) -> AgreementShown:
    """The wording line by line, the hours as a picture, and who has signed."""
    version = told.version
    steps = steps_of(version)
    return AgreementShown(
        facts=agreement_facts(version),
        steps=steps_picture(steps=steps, title=_hours_title(steps)),
        measures=tuple(one["name"][language()] for one in version.measures),
        signed=tuple(_signed_line(party, signature, told=told) for party, signature in told.signatures.items()),
        standing=_standing(told),
    )


def agreement_facts(version: Any) -> tuple[tuple[str, str], ...]:
    """All that is signed but hours and support, as pairs."""
    ends = spoken_date(day=version.ends_on) if version.ends_on else _("No last day has been set")
    facts = [
        (_("What it is"), str(AgreementKind(version.kind).label)),
        (_("Who works"), version.name),
        (_("The company"), version.employer_name),
        (_("The municipality"), version.municipality_name),
        (_("First day"), spoken_date(day=version.starts_on)),
        (_("Last day"), ends),
        (_("When in the week"), slots_told(version.slots) or _("Agreed from week to week")),
        (_("Where"), version.place),
        (_("The work"), version.tasks),
        (_("Wage"), version.wage_text or _("No wage from the company")),
        (_("Who helps"), version.contact_text),
    ]
    if version.change_note:
        facts.append((_("What has changed, and why"), version.change_note))
    return tuple(facts)


def steps_of(version: Any) -> list[tuple[date, Decimal]]:
    """The steps of hours."""
    return [(date.fromisoformat(step["from_on"]), Decimal(str(step["hours"]))) for step in version.steps]


def _hours_title(steps: list[tuple[date, Decimal]]) -> str:
    first, last = steps[0][1], steps[-1][1]
    if len(steps) == 1:
        return _("Hours a week")
    return _("The hours rise step by step") if last > first else _("The hours change step by step")


def _signed_line(party: Party, signature: Any, *, told: AgreementTold) -> SignedLine:
    names = {
        Party.CITIZEN: told.version.name,
        Party.EMPLOYER: told.version.employer_name,
        Party.MUNICIPALITY: told.version.municipality_name,
    }
    if signature is None:
        return SignedLine(
            party=str(party.label),
            name=names[party],
            when="",
            on_behalf="",
            is_signed=False,
            is_own=party == told.own_party,
        )
    behalf = _("Signed by %(name)s on their behalf: %(reason)s")
    return SignedLine(
        party=str(party.label),
        name=signature.name,
        when=spoken_moment(moment=signature.signed_at),
        on_behalf=behalf % {"name": signature.noted_by, "reason": signature.on_behalf} if signature.on_behalf else "",
        is_signed=True,
        is_own=party == told.own_party,
    )


def _standing(told: AgreementTold) -> str:
    """One plain sentence about where the wording stands."""
    if not told.is_alive:
        return _("This agreement came to nothing or has ended. It can still be read.")
    if told.is_signed_by_all:
        if told.in_force and told.in_force.id == told.version.pk:
            return _("All three have signed. This is what holds.")
        return _("All three signed this version once. A newer one holds now.")
    if not told.is_newest:
        return _("This version was replaced before all three had signed it.")
    waiting = len(told.unsigned)
    text = ngettext("%(count)s signature is still to come.", "%(count)s signatures are still to come.", waiting)
    if told.in_force:
        text += " " + _("Until then version %(number)s holds.")
    return text % {"count": waiting, "number": told.in_force.number if told.in_force else 0}


def version_lines(versions: Iterable[VersionLine]) -> list[tuple[VersionLine, str]]:
    """The other wordings with a word about each, the newest first."""
    return [(line, _version_word(line)) for line in reversed(tuple(versions))]


def _version_word(line: VersionLine) -> str:
    if line.is_in_force:
        return _("holds now")
    if line.is_newest:
        return _("waits for signatures")
    return _("replaced")
