"""SQL that server-side binding refuses, or that grows with the data, is found before it is run."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jobbro.cli.database import PROJECT

# PostgreSQL takes no parameter in these places: set_config(), pg_notify(), %s::interval and %s::date do the same.
NO_PARAMETER = re.compile(
    r"\bset\s+(local\s+|session\s+)?(role\s+|[\w.]+\s*(=|to)\s*)%s|\bnotify\s+\w+\s*,\s*%s|\b(interval|date|timestamp)\s+%s",
    re.IGNORECASE,
)
UPDATE = re.compile(r"^\s*(with\b.*?)?(update|insert)\b", re.IGNORECASE | re.DOTALL)
# `field__in` of a list that can grow with the data breaks at 65,535 parameters; `= any(%s::uuid[])` does not.
# Here stand the lists that are short by nature, each with why; a queryset (subquery) is always fine.
SHORT = {
    "jobbro/apps/accounts/actor.py": {"codes": "municipalities of one person"},
    "jobbro/apps/accounts/selectors.py": {"units": "units of one administrator"},
    "jobbro/apps/accounts/services/staff.py": {
        "position_ids": "positions of one person",
        "units": "subquery",
        "serving": "subquery",
    },
    "jobbro/apps/applications/selectors/vacancies.py": {"writers": "writers of one post's minutes"},
    "jobbro/apps/jobs/selectors/answers.py": {"teams": "teams of one person"},
    "jobbro/apps/jobs/services/carved_jobs.py": {"details.shown": "measures of one job"},
    "jobbro/apps/outreach/services.py": {"wanted": "people put on a list in one form, a hundred at most"},
    "jobbro/apps/external_actors/models.py": {
        "actor.external_actors": "partners of one person",
        "actor.codes": "municipalities of one person",
    },
    "jobbro/apps/external_actors/services/engagements.py": {"wanted": "people of one partner on one engagement"},
    "jobbro/apps/external_actors/selectors/engagements.py": {"states": "states of an engagement"},
    "jobbro/apps/employers/models.py": {"actor.companies": "companies of one person"},
    "jobbro/apps/matching/models.py": {"actor.companies": "companies of one person"},
    "jobbro/apps/outbox/models.py": {"actor.codes": "municipalities of one person"},
    "jobbro/apps/meetings/models.py": {"actor.companies": "companies of one person"},
    "jobbro/apps/meetings/services/seating.py": {
        "ids": "people at one meeting",
        "draft.staff": "people at one meeting",
    },
    "jobbro/apps/meetings/selectors/lists.py": {"asked": "subquery", "own": "subquery"},
    "jobbro/apps/meetings/selectors/pages.py": {"team": "subquery", "[*around, actor.id]": "people around one citizen"},
    "jobbro/apps/placements/models.py": {"actor.companies": "companies of one person"},
    "jobbro/apps/placements/selectors/ours.py": {
        "proposals": "meetings on one page",
        "list(placements.values())": "meetings on one page",
    },
    "jobbro/apps/placements/selectors/overview.py": {"own": "subquery"},
    "jobbro/apps/teams/facts.py": {"led_units(actor)": "units of one lead"},
    "jobbro/apps/teams/selectors/knowledge.py": {"led_units(actor)": "units of one lead"},
    "jobbro/apps/teams/selectors/routing.py": {"led_units(actor)": "units of one lead"},
    "jobbro/apps/teams/selectors/teams.py": {"users": "subquery"},
    "jobbro/apps/teams/services/absences.py": {"units": "subquery"},
    "jobbro/apps/teams/services/covers.py": {
        "led_units(actor)": "units of one lead",
        "own": "teams of one person",
        "teams": "subquery",
        "units": "subquery",
        "mates": "subquery",
    },
    "jobbro/apps/follow_up/rhythms.py": {"wanted": "municipalities of one team"},
    "jobbro/apps/follow_up/needs_doing.py": {"own": "subquery"},
    "jobbro/apps/follow_up/selectors/gathering.py": {"ids": "subquery", "proposals": "subquery"},
    "jobbro/apps/follow_up/selectors/signals.py": {"_mine(actor, on=on)": "subquery"},
    "jobbro/apps/employers/selectors/choosing.py": {"codes": "municipalities of one person", "units": "subquery"},
    "jobbro/apps/employers/selectors/due.py": {"teams": "teams of one person"},
    "jobbro/apps/employers/selectors/listing.py": {
        "own": "teams of one person",
        "ids": "companies on one page",
        "units": "subquery",
    },
    "jobbro/apps/employers/services/companies.py": {"units": "subquery"},
    "jobbro/apps/jobs/services/openings_import.py": {
        "wanted": "at most 20,000 rows of one file",
        "ids": "at most 20,000 rows of one file",
    },
    "jobbro/apps/jobs/selectors/openings.py": {"ids": "people of one job, jobs on one page", "LOOKED_AT": "two codes"},
    "jobbro/apps/jobs/selectors/openings_public.py": {"alike": "five occupations"},
    "jobbro/apps/jobs/selectors/partners_near.py": {"ids": "companies on one page"},
    "jobbro/apps/employers/services/bringing.py": {
        "numbers": "at most 20,000 rows of one file",
        "ids": "at most 20,000 rows of one file",
    },
    "jobbro/apps/employers/selectors/known.py": {
        "wanted": "at most 20,000 rows of one file",
        "ids": "at most 20,000 rows of one file",
    },
    "jobbro/apps/closing/facts.py": {"states": "states of a placement"},
    "jobbro/apps/closing/services/moving.py": {"serving": "subquery", "led": "units of one team lead"},
    "jobbro/apps/courses/models.py": {"ours": "subquery"},
    "jobbro/apps/courses/selectors/catalogue.py": {
        "list(course_ids)": "courses of one catalogue, at most 200",
        "{*}": "sessions on one page",
        "codes_of(actor)": "municipalities of one person",
    },
    "jobbro/apps/cases/look_selectors.py": {"{*}": "units on one page", "_ids(shown)": "looks on one page"},
    "jobbro/apps/cases/selectors/around.py": {
        "codes": "municipalities of one person",
        "units": "subquery",
        "own": "teams of one person",
        "led": "units of one team lead",
    },
    "jobbro/apps/cases/selectors/worklist.py": {"teams": "teams of one unit"},
    "jobbro/apps/guidance/selectors/facts.py": {"staff": "people who told facts about one citizen"},
    "jobbro/apps/imports/places.py": {"mine": "units of one person", "list(units)": "units of one person"},
    "jobbro/apps/imports/selectors.py": {"codes": "municipalities of one person", "teams": "teams of one person"},
    "jobbro/apps/imports/services.py": {"states": "states of a row"},
    "jobbro/apps/key_persons/directing.py": {"units": "units of one person", "wanted": "units of one person"},
    "jobbro/apps/key_persons/models.py": {"codes": "municipalities of one person", "units": "units of one person"},
    "jobbro/apps/key_persons/selectors/knowledge.py": {
        "reach.municipalities": "municipalities of one person",
        "ids": "entries on one page",
    },
    "jobbro/apps/key_persons/selectors/questions.py": {
        "reach.served": "units of one person",
        "reach.units": "units of one person",
        "reach.teams": "teams of one person",
    },
    "jobbro/apps/key_persons/selectors/register.py": {"units": "units of one municipality"},
    "jobbro/apps/key_persons/selectors/use.py": {"counted": "units of one municipality"},
    "jobbro/apps/plans/selectors.py": {"wanted": "staff named in one plan"},
    "jobbro/apps/screening/selectors/courses.py": {"staff": "staff named in one dialogue"},
}
CALLS_WITH_SHORT_ANSWER = {"administered_units", "administered_codes", "readable_units", "_led"}


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PROJECT.glob("jobbro/**/*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(PROJECT)), ast.parse(path.read_text(encoding="utf-8"))


def test_no_parameter_stands_where_postgresql_takes_none() -> None:
    found = [
        f"{name}:{node.lineno}: {node.value.strip()[:60]}"
        for name, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_refused(node.value)
    ]
    assert found == []


def _is_refused(text: str) -> bool:
    """`update t set a = %s` is as it should be; `set a = %s` as a statement of its own is not."""
    hit = NO_PARAMETER.search(text)
    return bool(hit) and not (hit.group().lower().startswith("set") and UPDATE.match(text))


def test_the_rule_finds_what_it_is_for() -> None:
    refused = ("set local x = %s", "SET ROLE %s", "notify ch, %s", "select interval %s", "select date %s + 1")
    fine = ("update t set a = %s", "select set_config('a', %s, true)", "select %s::interval", "the date is set")
    assert all(map(_is_refused, refused))
    assert not any(map(_is_refused, fine))


def test_no_list_of_values_grows_with_the_data() -> None:
    found = [
        f"{name}:{keyword.value.lineno}: {keyword.arg}={ast.unparse(keyword.value)}"
        for name, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg and keyword.arg.endswith("__in") and not _is_short(keyword.value, file=name)
    ]
    assert found == [], "Use a subquery or `= any(%s)`; a list that is short by nature is named in SHORT with why."


def _is_short(value: ast.expr, *, file: str) -> bool:
    known = SHORT.get(file, {})
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        return True
    if isinstance(value, ast.Attribute):
        return value.attr in ("values", "codes") or value.attr.isupper() or ast.unparse(value) in known
    if isinstance(value, ast.Name):
        return value.id.isupper() or value.id in known
    if isinstance(value, ast.SetComp | ast.ListComp | ast.GeneratorExp):
        return "{*}" in known
    if isinstance(value, ast.Call):
        return _is_subquery(value) or ast.unparse(value.func) in CALLS_WITH_SHORT_ANSWER or ast.unparse(value) in known
    return False


def _is_subquery(value: ast.Call) -> bool:
    return isinstance(value.func, ast.Attribute) and value.func.attr in ("values", "values_list")


def test_every_named_exception_still_stands() -> None:
    gone = [name for name in SHORT if not (PROJECT / Path(name)).exists()]
    assert gone == []
