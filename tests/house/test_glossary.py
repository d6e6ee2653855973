"""The glossary has a row for every word that stands in code and on screen."""

import re

import pytest
from django.utils import translation

from jobbro.apps.accounts.enums import Role
from jobbro.apps.applications.enums import ClaimState, Outcome, VacancyState
from jobbro.apps.applications.enums import State as ApplicationState
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.enums import State as CaseState
from jobbro.apps.closing.enums import MoveState
from jobbro.apps.courses.enums import SeatState
from jobbro.apps.employers.enums import NeedState, PartnerState, PromiseState
from jobbro.apps.external_actors.enums import State as EngagementState
from jobbro.apps.follow_up.enums import LinkState, TalkState
from jobbro.apps.guidance.enums import Standing
from jobbro.apps.jobs.enums import CarvedState, CarvingState, OpeningState
from jobbro.apps.key_persons.enums import Model as AdviceModel
from jobbro.apps.key_persons.enums import QuestionState
from jobbro.apps.matching.enums import ProposalState, RunState
from jobbro.apps.meetings.enums import HelpState
from jobbro.apps.meetings.enums import State as MeetingState
from jobbro.apps.outbox.enums import State as MessageState
from jobbro.apps.placements.enums import IntroductionState, PlacementState
from jobbro.apps.plans.enums import ActionState, Payer
from jobbro.apps.plans.enums import State as PlanState
from jobbro.apps.screening.enums import State as DialogueState
from jobbro.cli.database import PROJECT
from jobbro.kernel.fit import Verdict
from jobbro.kernel.vocabulary import AREAS

GLOSSARY = PROJECT / "docs" / "glossary.md"
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|", re.MULTILINE)
STATES = {
    "fact": Standing,
    "case": CaseState,
    "dialogue": DialogueState,
    "plan": PlanState,
    "action": ActionState,
    "application": ApplicationState,
    "outcome": Outcome,
    "vacancy": VacancyState,
    "claim": ClaimState,
    "company": PartnerState,
    "promise": PromiseState,
    "need": NeedState,
    "carving": CarvingState,
    "carved_job": CarvedState,
    "opening": OpeningState,
    "match_run": RunState,
    "proposal": ProposalState,
    "question": QuestionState,
    "advice_model": AdviceModel,
    "introduction": IntroductionState,
    "engagement": EngagementState,
    "placement": PlacementState,
    "seat": SeatState,
    "move": MoveState,
    "talk": TalkState,
    "talk_link": LinkState,
    "meeting": MeetingState,
    "meeting_help": HelpState,
    "message": MessageState,
}


def _rows() -> dict[str, str]:
    return {code: danish.strip() for code, danish in ROW.findall(GLOSSARY.read_text(encoding="utf-8"))}


def _wanted() -> list[str]:
    roles = [*Role.values, *MemberRole.values]
    states = [f"{name}.{state}" for name, enum in STATES.items() for state in enum.values]
    return [*roles, *Payer.values, *states, *Verdict, *AREAS]


def test_every_role_scheme_state_and_area_is_in_the_glossary() -> None:
    rows = _rows()
    assert [code for code in _wanted() if code not in rows] == []


def test_no_word_has_two_rows() -> None:
    codes = ROW.findall(GLOSSARY.read_text(encoding="utf-8"))
    assert len(codes) == len(dict(codes))


@pytest.mark.parametrize("role", Role, ids=str)
def test_the_glossary_says_what_the_screen_says(role: Role) -> None:
    with translation.override("da"):
        assert _rows()[role.value].lower().startswith(str(role.label).lower())
