"""The filters of the schemes over a caseload; they stand in the address."""

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.guidance.selectors.staging import CaseloadQuestion, Scope, scopes_of
from jobbro.engines.schemes.sql_stages import Stage
from jobbro.webkit.fields import offer

Code = TypeVar("Code", bound=StrEnum)
MINE, ALL, UNIT = "mine", "all", "unit"

STAGE_LABELS = {
    Stage.ONE_FACT: _("One answer is lacking"),
    Stage.JUDGEMENT: _("Only a judgement is lacking"),
    Stage.YES: _("The conditions are met"),
    Stage.MORE_FACTS: _("More answers are lacking"),
    Stage.DISPUTED: _("The sources disagree"),
    Stage.NO: _("Does not fit"),
}
WHO_LABELS = {
    MINE: _("My citizens"),
    ALL: _("Everybody I work for"),
    UNIT: _("My unit, as numbers"),
}


def question_from(query: QueryDict, *, actor: Actor) -> CaseloadQuestion:
    """The filters in the address; what cannot be understood, or is not for this actor, counts as not chosen."""
    scopes = scopes_of(actor)
    asked = CaseloadQuestion(
        scope=scopes[0],
        stage=_one_of(Stage, query.get("stage", "")) or Stage.ONE_FACT,
        fact=query.get("fact", "")[:80].replace("\0", ""),
        number=_number(query.get("page", "")),
    )
    who = query.get("who", "")
    if who == UNIT and Scope.UNIT in scopes:
        return replace(asked, scope=Scope.UNIT)
    return replace(asked, is_mine=who != ALL and asked.scope == Scope.OWN and not _leads(actor, who=who))


def who_of(question: CaseloadQuestion) -> str:
    """The filter as the form shows it."""
    if question.scope == Scope.UNIT:
        return UNIT
    return MINE if question.is_mine else ALL


def _leads(actor: Actor, *, who: str) -> bool:
    """A team lead begins with everybody."""
    return who == "" and actor.has(Role.TEAM_LEAD)


def _one_of(kind: type[Code], text: str) -> Code | None:
    return next((code for code in kind if code == text), None)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


class WhoForm(forms.Form):
    """Whose citizens; sent by GET, so that a filter is a link."""

    use_required_attribute = False
    tells_optional = False
    who = forms.ChoiceField(label=_("Whose"))

    def __init__(self, *, question: CaseloadQuestion, actor: Actor) -> None:
        super().__init__(initial={"who": who_of(question)}, auto_id="filter_%s")
        scopes = scopes_of(actor)
        own = [MINE, ALL] if Scope.OWN in scopes else []
        unit = [UNIT] if Scope.UNIT in scopes else []
        offer(self.fields["who"], [(code, WHO_LABELS[code]) for code in (*own, *unit)])


class StageForm(WhoForm):
    """Whose citizens, at which stage, and which fact they lack."""

    stage = forms.ChoiceField(label=_("Stage"), choices=STAGE_LABELS.items())
    fact = forms.ChoiceField(label=_("What is lacking"), required=False)

    def __init__(self, *, question: CaseloadQuestion, actor: Actor, facts: list[tuple[str, str]]) -> None:
        super().__init__(question=question, actor=actor)
        offer(self.fields["who"], [(code, WHO_LABELS[code]) for code in (MINE, ALL)])
        offer(self.fields["fact"], [("", _("Anything")), *facts])
        self.initial = {**self.initial, "stage": question.stage, "fact": question.fact}
