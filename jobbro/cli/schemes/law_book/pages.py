"""All pages of the law book, by file name."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from jobbro.cli.schemes.law_book.conditions import amounts, conditions, source
from jobbro.cli.schemes.law_book.procedures import procedure_part
from jobbro.cli.schemes.law_book.values import value_table, values_of
from jobbro.cli.schemes.law_book.words import DECIDES, KINDS, MARKS, NOTES, day, joined, link, table
from jobbro.engines.schemes.duties import Duty, load_duty
from jobbro.engines.schemes.procedures import Procedure
from jobbro.engines.schemes.reading_procedures import read_procedures
from jobbro.engines.schemes.rules import Note, Package, Scheme, SourceReference, Version

MADE = "<!-- Skrevet af `jobbro schemes docs` ud fra reglerne. Ret reglerne, ikke denne side. -->"
INDEX, DUTY = "README.md", "rimelig-tilpasning.md"


def law_book(package: Package, *, folder: Path) -> Mapping[str, str]:
    """File name -> Markdown, the same for the same rules. `folder` holds the procedures."""
    procedures = read_procedures(folder / "procedures").by_scheme
    duty = load_duty()
    pages = {
        f"{code}.md": _page(scheme, package=package, procedure=procedures.get(code))
        for code, scheme in package.schemes.items()
    }
    return {
        name: "\n".join(lines).rstrip() + "\n"
        for name, lines in ({INDEX: _index(package, duty=duty), DUTY: _duty(duty, package=package)} | pages).items()
    }


def _index(package: Package, *, duty: Duty) -> Iterator[str]:
    yield from (MADE, "# Lovbog for de kompenserende ordninger", "")
    yield "Reglerne, som Jobbro vejleder efter. Et svar er vejledning: det er kommunen, der afgør sagen."
    yield from ("", *table(["ordning", "art", "afgøres af"], [_entry(one) for one in package.schemes.values()]), "")
    yield f"Ved siden af ordningerne: [{duty.title.da}]({DUTY})."
    yield from ("", "## Hvor sikre reglerne er", "")
    yield from table(
        ["mærke", "betyder"],
        [
            [MARKS["V"], "vi har læst det i loven, hos myndigheden eller på den side, der står"],
            [MARKS["D"], "vi har regnet det ud fra noget, vi har læst"],
            [MARKS["U"], "vi har det ikke fra en sikker kilde endnu; spørg kommunen"],
            [MARKS["C"], "kilderne siger noget forskelligt; hvad vi gør, står ved betingelsen"],
            [MARKS["S"], "det, vi har læst, siger intet om det; svaret er åbent, så spørg kommunen"],
        ],
    )
    yield from (
        "",
        "*Fast* betyder, at en oplysning afgør det. *Vurdering* betyder, at kun en sagsbehandler kan afgøre det.",
    )
    told = tuple(one for one in package.parameters.values() if "economics" in one.belongs_to)
    yield from ("", "## Værdier til regnestykker om økonomi", "", *value_table(told))


def _entry(scheme: Scheme) -> list[str]:
    kind = "ret" if scheme.kind == "right" else "skøn"
    return [f"[{scheme.title.da}]({scheme.code}.md)", kind, DECIDES[scheme.decides]]


def _page(scheme: Scheme, *, package: Package, procedure: Procedure | None) -> Iterator[str]:
    yield from (MADE, f"# {scheme.title.da}", "", scheme.short.da, "")
    yield f"- Afgøres af: {DECIDES[scheme.decides]}."
    yield f"- Ordningen er {KINDS[scheme.kind]}."
    yield from _beside(scheme, package=package)
    shown: dict[int, Version] = {}
    for version in reversed(scheme.versions):
        yield from ("", *_version(version, scheme=scheme, package=package, shown=shown))
        shown[id(version.when)] = version
    values = values_of(scheme, package=package)
    if values:
        yield from ("", "## Værdier", "", *value_table(values))
    if procedure is not None:
        yield from ("", "## Sådan søges der", "", *procedure_part(procedure))


def _beside(scheme: Scheme, *, package: Package) -> Iterator[str]:
    together = [_link(code, package) for code in scheme.combines_with if _is_other(code, scheme)]
    never = [_link(code, package) for code in scheme.exclusive_with if code not in scheme.choice_with]
    choice = [_link(code, package) for code in scheme.choice_with]
    others = [code for code in package.schemes if _is_other(code, scheme)]
    if together:
        yield f"- Kan gives sammen med: {'alle de andre' if len(together) == len(others) else joined(together)}."
    if never:
        yield f"- Kan ikke gives sammen med: {joined(never)}."
    if choice:
        yield f"- Gives ikke sammen med {joined(choice)}. Er betingelserne for begge opfyldt, kan man få den ene."


def _is_other(code: str, scheme: Scheme) -> bool:
    return code != scheme.code and code not in scheme.exclusive_with


def _link(code: str, package: Package) -> str:
    return f"[{package.schemes[code].title.da}]({code}.md)" if code in package.schemes else code


def _version(version: Version, *, scheme: Scheme, package: Package, shown: dict[int, Version]) -> Iterator[str]:
    yield f"## {_heading(version, scheme=scheme)}"
    yield from ("", f"Kilde: {_source(version.source)}")
    if version.expected_end is not None:
        yield f"Reglerne ventes at gælde til og med {day(version.expected_end)}."
    same = shown.get(id(version.when))
    if same is not None:
        yield from ("", f"Betingelserne og det, der gives, er de samme som fra {day(same.starts)} ovenfor.")
    else:
        yield from _rules(version, package=package)
    if version.notes:
        yield from ("", "**Bemærk**", "", *(_note(note) for note in version.notes))
    yield from ("", f"**Næste skridt:** {version.next_step.da}")


def _heading(version: Version, *, scheme: Scheme) -> str:
    position = scheme.versions.index(version)
    following = scheme.versions[position + 1] if position + 1 < len(scheme.versions) else None
    if version.until is not None:
        return f"Regler fra {day(version.starts)} til og med {day(version.until)}"
    if following is not None:
        return f"Regler fra {day(version.starts)} til og med {day(following.starts - timedelta(days=1))}"
    return f"Regler fra {day(version.starts)}"


def _rules(version: Version, *, package: Package) -> Iterator[str]:
    if version.right_when is not None:
        yield from ("", "### En ret, når", "")
        yield from conditions(version.right_when, package=package, version=version)
        yield from ("", "### Kan ellers bevilges, når", "")
    else:
        yield from ("", "### Betingelser", "")
    yield from conditions(version.when, package=package, version=version)
    if version.amounts:
        yield from ("", "### Det gives", "", *amounts(version, package=package))


def _note(note: Note) -> str:
    return f"- {NOTES[note.mark]}{note.text.da}"


def _source(reference: SourceReference) -> str:
    act = f" ({reference.act})" if reference.act else ""
    return f"{reference.law}{act}, {source(reference)}, set {day(reference.checked_on)}. {link(reference.url)}"


def _duty(duty: Duty, *, package: Package) -> Iterator[str]:
    yield from (MADE, f"# {duty.title.da}", "", duty.short.da, "", f"Kilde: {_source(duty.source)}", "")
    yield from (f"- {one.text.da} ({one.paragraph}, {MARKS[one.mark]})" for one in duty.statements)
    yield from ("", "## Det offentlige kan dække", "")
    yield from (f"- {_link(code, package)}: {text.da}" for code, text in duty.relieved_by.items())
    yield from ("", "## Klage", "", duty.complaint.da, "")
    yield from ("## Uden for arbejdet", "")
    yield from (f"- {one.text.da} ({one.paragraph}, {MARKS[one.mark]})" for one in duty.outside_work)
    if duty.notes:
        yield from ("", "**Bemærk**", "", *(_note(note) for note in duty.notes))
