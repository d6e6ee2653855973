"""How a scheme is applied for, as a part of its page."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from jobbro.cli.schemes.law_book.words import MARKS, joined, table
from jobbro.engines.schemes.procedures import DecisionDeadline, Procedure, Reference

MUNICIPALITIES = Path(__file__).parents[2] / "demo" / "municipalities.csv"
WHO = {
    "citizen": "borgeren",
    "employer": "arbejdsgiveren",
    "municipality": "kommunen",
    "home_municipality": "bopælskommunen",
    "education": "uddannelsesstedet",
    "mentor": "mentoren",
    "nobody": "ingen",
}
UNITS = {"days": "dage", "weeks": "uger", "months": "måneder"}
EVERY = {"quarter": "hvert kvartal", "month": "hver måned", "absence": "ved hvert fravær", "year": "hvert år"}


def procedure_part(procedure: Procedure) -> Iterator[str]:
    """Who, where, with what, in which order, and how to complain."""
    form = procedure.form
    yield f"- Søges af: {joined([WHO[one] for one in procedure.applicants])}. Søges hos: {WHO[procedure.to]}."
    yield f"- Pengene går til: {WHO[procedure.payee]}."
    yield f"- Blanket: {' '.join(filter(None, (form.code, form.name.da)))}{_sure(form.reference)}"
    yield from _documents(procedure)
    yield from _steps(procedure)
    yield from _claims(procedure)
    yield from ("", "**Klage**", "", f"{procedure.complaint.text.da} Klagen går til: {procedure.complaint.to.da}.")
    yield from _deadlines(procedure.deadlines)
    if procedure.notes:
        yield from ("", "**Værd at vide**", "")
        yield from (f"- {note.text.da}{_sure(note.reference)}" for note in procedure.notes)


def _documents(procedure: Procedure) -> Iterator[str]:
    if procedure.documents:
        yield from ("", "**Det skal med**", "")
        for document in procedure.documents:
            wish = "" if document.required else "gerne: "
            yield f"- {wish}{document.text.da}{_sure(document.reference)}"


def _steps(procedure: Procedure) -> Iterator[str]:
    yield from ("", "**Sådan går det til**", "")
    for position, step in enumerate(procedure.steps, start=1):
        limit = f" Senest efter {step.days} dage." if step.days is not None else ""
        yield f"{position}. {step.text.da}{limit} *({WHO[step.actor]})*{_sure(step.reference)}"


def _claims(procedure: Procedure) -> Iterator[str]:
    claims = procedure.claims
    if claims is None:
        return
    told = [f"Pengene søges {EVERY[claims.every]}: {claims.form.da}."]
    if claims.back_months is not None:
        told.append(f"Der kan søges {claims.back_months} måneder tilbage.")
    if claims.pay_within_days is not None:
        told.append(f"Der betales inden {claims.pay_within_days} dage.")
    yield from ("", "**Udbetaling**", "", f"{' '.join(told)}{_sure(claims.reference)}")


def _deadlines(deadlines: tuple[DecisionDeadline, ...]) -> Iterator[str]:
    if deadlines:
        yield from ("", "**Kommunernes egne frister for at afgøre sagen**", "")
        yield from table(
            ["kommune", "frist", "kilde"],
            [[_name(one.municipality), f"{one.value} {UNITS[one.unit]}", one.reference.title] for one in deadlines],
        )


def _name(municipality: str) -> str:
    return municipality_names().get(municipality, municipality)


@cache
def municipality_names() -> Mapping[str, str]:
    """Code -> name of every municipality."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["name"] for row in csv.DictReader(rows)}


def _sure(reference: Reference) -> str:
    return "" if reference.mark == "V" else f" *({MARKS[reference.mark]})*"
