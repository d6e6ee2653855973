"""parameters.yaml: every value of the law with the day it starts and where it stands."""

from collections.abc import Mapping
from datetime import date

from jobbro.engines.schemes.expressions import ExpressionError
from jobbro.engines.schemes.loading.texts import read_optional_text, read_source, read_text
from jobbro.engines.schemes.rules import ParameterDefinition, ParameterValue
from jobbro.engines.schemes.units import dimension_of
from jobbro.kernel.content import Place
from jobbro.kernel.vocabulary import SCHEMES

OWNERS = (*SCHEMES, "economics")


def read_parameters(place: Place) -> Mapping[str, ParameterDefinition]:
    """Code -> history of every value, in file order."""
    found: dict[str, ParameterDefinition] = {}
    for item in place.fields(required=("parameters",))["parameters"].items():
        parameter = _parameter(item)
        if parameter.code in found:
            item.refuse(f"the parameter {parameter.code!r} is given twice")
        found[parameter.code] = parameter
    return found


def _parameter(place: Place) -> ParameterDefinition:
    fields = place.fields(required=("code", "label", "values"), optional=("unit", "yearly", "belongs_to"))
    is_yearly = "yearly" in fields and fields["yearly"].boolean()
    unit = fields["unit"].text() if "unit" in fields else ""
    try:
        dimension_of(unit)
    except ExpressionError as error:
        fields["unit"].refuse(str(error))
    values: list[ParameterValue] = []
    for item in fields["values"].items():
        value = _value(item, is_yearly=is_yearly)
        if values and value.starts <= values[-1].starts:
            item.refuse("values stand in order of their first day, each with its own")
        if values and values[-1].until is not None and not is_yearly and value.starts <= values[-1].until:
            item.refuse("overlaps the value before it; end that one the day before")
        values.append(value)
    return ParameterDefinition(
        code=fields["code"].text(),
        unit=unit,
        label=read_text(fields["label"]),
        is_yearly=is_yearly,
        values=tuple(values),
        belongs_to=tuple(item.one_of(OWNERS) for item in fields["belongs_to"].items())
        if "belongs_to" in fields
        else (),
    )


def _value(place: Place, *, is_yearly: bool) -> ParameterValue:
    fields = place.fields(required=("from", "source"), optional=("value", "steps", "to", "note"))
    if ("value" in fields) == ("steps" in fields):
        place.refuse("a value has either 'value' or 'steps'")
    source = read_source(fields["source"])
    note = read_optional_text(fields.get("note"))
    if source.mark != "V" and note is None:
        place.refuse(f"a value marked {source.mark} needs a note that tells the user")
    starts = fields["from"].day()
    until = fields["to"].day() if "to" in fields else None
    if is_yearly:
        until = min(until, date(starts.year, 12, 31)) if until else date(starts.year, 12, 31)
    if until is not None and until < starts:
        fields["to"].refuse("the last day is before the first")
    return ParameterValue(
        starts=starts,
        until=until,
        value=_number(fields["value"]) if "value" in fields else None,
        steps=_steps(fields["steps"]) if "steps" in fields else (),
        source=source,
        note=note,
    )


def _number(place: Place) -> int | float | None:
    return None if place.value is None else place.number()


def _steps(place: Place) -> tuple[tuple[date, int | float], ...]:
    steps: list[tuple[date, int | float]] = []
    for item in place.items():
        fields = item.fields(required=("from", "value"))
        step = (fields["from"].day(), fields["value"].number())
        if steps and step[0] <= steps[-1][0]:
            item.refuse("steps stand in order of their first day, each with its own")
        steps.append(step)
    return tuple(steps)
