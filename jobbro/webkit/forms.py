"""How a form field is told on the page: its parts, in the order they are read; and a form shown again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

CHOICE_CLASS = {"radio": "form-radio", "checkbox": "form-checkbox"}


@dataclass(frozen=True, kw_only=True)
class ChoiceParts:
    """One radio button or checkbox with its label."""

    tag: SafeString
    label: str
    id: str
    group: str


@dataclass(frozen=True, kw_only=True)
class FieldParts:
    """A field ready for the template parts/_field.html."""

    kind: str
    bound: BoundField
    id: str
    label: str
    hint: str
    hint_id: str
    errors: tuple[str, ...]
    error_id: str
    described_by: str
    is_optional: bool
    control: SafeString | str
    choices: tuple[ChoiceParts, ...]


@dataclass(frozen=True, kw_only=True)
class FieldProblem:
    """One line of the error summary: what is wrong, and where to put the cursor."""

    text: str
    target: str


def field_parts(*, bound: BoundField) -> FieldParts:
    """The parts of one field, with the identifiers that Django writes in aria-describedby."""
    kind = _kind(bound=bound)
    return FieldParts(
        kind=kind,
        bound=bound,
        id=bound.id_for_label or bound.auto_id,
        label=str(bound.label),
        hint=str(bound.help_text),
        hint_id=f"{bound.auto_id}_helptext",
        errors=_told_errors(bound=bound),
        error_id=f"{bound.auto_id}_error",
        described_by=bound.aria_describedby or "",
        # A form whose every field may be left empty says so once, on its page, or not at all (filters).
        is_optional=not bound.field.required and getattr(bound.form, "tells_optional", True),
        control="" if kind == "choices" else _control(bound=bound, kind=kind),
        choices=_choices(bound=bound) if kind == "choices" else (),
    )


def form_problems(*, form: forms.BaseForm) -> tuple[FieldProblem, ...]:
    """Every problem in the form, in the order of the fields, those of the whole form first."""
    whole = tuple(FieldProblem(text=str(text), target="") for text in form.non_field_errors())
    single = tuple(
        FieldProblem(text=f"{_named(bound=form[name])} {text}", target=_first_control(bound=form[name]))
        for name in form.fields
        for text in _told_errors(bound=form[name])
    )
    return whole + single


def _named(*, bound: BoundField) -> str:
    """The label before its problem; a question already has a mark of its own."""
    label = str(bound.label)
    return label if label.endswith("?") else f"{label}:"


def _told_errors(*, bound: BoundField) -> tuple[str, ...]:
    """The errors in words; an empty field says what to do, unless the form has words of its own for it."""
    found = [error for listed in bound.errors.as_data() for error in listed.error_list]
    return tuple(
        _ask_for_answer(bound=bound) if _is_plainly_empty(bound=bound, code=error.code) else str(error.messages[0])
        for error in found
    )


def _is_plainly_empty(*, bound: BoundField, code: str | None) -> bool:
    own = bound.field.error_messages.get("required")
    return code == "required" and own == forms.Field.default_error_messages["required"]


def _ask_for_answer(*, bound: BoundField) -> str:
    kind = _kind(bound=bound)
    if kind == "checkbox":
        return _("Tick the box if you want to go on.")
    return _("Choose an answer.") if kind in {"choices", "select"} else _("Write an answer here.")


def _kind(*, bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Select):
        return "select"
    return "group" if widget.use_fieldset else "input"


def _control(*, bound: BoundField, kind: str) -> SafeString:
    looks = {"select": "form-select", "checkbox": "form-checkbox"}.get(kind, "form-input")
    return bound.as_widget(attrs={"class": _with_class(bound.field.widget.attrs, looks)})


def _choices(*, bound: BoundField) -> tuple[ChoiceParts, ...]:
    return tuple(_choice(option=option) for option in bound.subwidgets)


def _choice(*, option: BoundWidget) -> ChoiceParts:
    data = option.data
    looks = _with_class(data["attrs"], CHOICE_CLASS[data["type"]])
    # Whole groups are marked invalid and described by their fieldset, not every button in them.
    keep = {name: value for name, value in data["attrs"].items() if name not in {"aria-invalid", "aria-describedby"}}
    option.data = {**data, "attrs": {**keep, "class": looks}}
    return ChoiceParts(
        tag=option.tag(),
        label=str(option.choice_label),
        id=option.id_for_label,
        group=CHOICE_CLASS[data["type"]].replace("form-", "form-group-"),
    )


def _first_control(*, bound: BoundField) -> str:
    if _kind(bound=bound) == "choices":
        return bound.subwidgets[0].id_for_label if bound.subwidgets else bound.auto_id
    return bound.id_for_label or bound.auto_id


def _with_class(attrs: dict[str, Any], looks: str) -> str:
    return f"{attrs.get('class', '')} {looks}".strip()


def with_new_mark(form: forms.BaseForm, **marks: str) -> None:
    """The form keeps what was typed and carries the marks of what stands there now: sent again, it is meant."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    for name, mark in marks.items():
        data[name] = mark
    form.data = data
