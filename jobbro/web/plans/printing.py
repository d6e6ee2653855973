"""The plan as the letter says it: the same words as the page."""

from datetime import date

from django.utils.translation import gettext as _

from jobbro.apps.plans.enums import ActionState, State
from jobbro.apps.plans.selectors import PlanPage, StepShown
from jobbro.webkit.charts import bridge_picture, bridge_svg
from jobbro.webkit.dates import spoken_date

from .pdf.document import PrintedBridge, PrintedGoal, PrintedMeasure, PrintedPlan, PrintedStep, PrintedWords
from .reading import agreed_sentences, measures_shown, standing_decision, who_words
from .words import ShownBridge, bridges_shown, language, names_in

MOST_ROWS_IN_FULL_WIDTH = 16


def printed_plan(page: PlanPage, *, sender: str, on: date) -> PrintedPlan:
    """All that stands in the letter."""
    plan = page.plan
    assert plan is not None
    decision = standing_decision(page)
    drawn = bridges_shown(decision.bridges, names=names_in(decision), unclosable=decision.left) if decision else ()
    return PrintedPlan(
        language=language(),
        title=_("My plan") if page.is_own else _("Plan"),
        sender=sender,
        facts=(
            (_("Name"), page.citizen.name),
            (_("The plan is"), str(State(plan.state).label)),
            (_("Printed"), spoken_date(day=on)),
        ),
        goals=tuple(
            PrintedGoal(words=goal.words, steps=tuple(_step(step, page=page) for step in goal.steps))
            for goal in plan.goals
        ),
        support=tuple(
            PrintedMeasure(name=measure.name, text=measure.text, payer=measure.payer)
            for measure in measures_shown(decision)
        ),
        bridges=tuple(_bridge(bridge) for bridge in drawn),
        agreed=(*agreed_sentences(plan), *((plan.closing_words,) if plan.closing_words else ())),
        words=_words(),
    )


def _step(step: StepShown, *, page: PlanPage) -> PrintedStep:
    return PrintedStep(
        title=step.title,
        who=who_words(step, page=page),
        due=spoken_date(day=step.due_on) if step.due_on else _("no date"),
        state=str(ActionState(step.state).label),
        outcome=step.outcome,
    )


def _bridge(bridge: ShownBridge) -> PrintedBridge:
    picture = bridge_picture(rows=bridge.needed, title=bridge.title, sentence=bridge.sentence)
    whole = bridge_picture(rows=bridge.rows, title=bridge.title, sentence=bridge.sentence)
    told = [
        f"{drawn.row.area}: {drawn.spoken} {', '.join(filter(None, (drawn.note, drawn.detail)))}."
        for drawn in picture.rows
    ]
    return PrintedBridge(
        title=bridge.title,
        svg=bridge_svg(rows=bridge.needed, title=bridge.title, sentence=bridge.sentence, language=language()),
        is_tall=len(bridge.needed) > MOST_ROWS_IN_FULL_WIDTH,
        others=_("Goes without support: %(areas)s.") % {"areas": "; ".join(bridge.others)} if bridge.others else "",
        alt=" ".join([f"{bridge.title}.", *told, bridge.sentence]),
        rows=tuple(
            (
                drawn.row.area,
                str(drawn.row.demand),
                _("not talked about yet") if drawn.row.is_open else str(drawn.row.solid),
                _("not talked about yet") if drawn.row.is_open else str(drawn.row.hatched),
                str(drawn.row.demand if drawn.row.is_open else drawn.row.missing),
                ", ".join(filter(None, (drawn.note, drawn.detail))),
            )
            for drawn in whole.rows
        ),
    )


def _words() -> PrintedWords:
    return PrintedWords(
        page=_("Page"),
        goals=_("Goals and steps"),
        no_goals=_("No goals have been written yet."),
        no_steps=_("No steps have been written yet."),
        step_head=(_("Step"), _("Who"), _("By when"), _("How it went")),
        support=_("Support that has been chosen"),
        bridge_head=(
            _("Area"),
            _("The work asks"),
            _("Without support"),
            _("With support"),
            _("Still open"),
            _("Support"),
        ),
        agreed=_("Agreed"),
    )
