"""Needs that the apps of the whole way deliver themselves: from the agreement to the close."""

from django.utils.translation import gettext_lazy as _

from ..enums import By, WaitsOn
from .shape import NeedKind, Own

_PLACEMENT = (
    NeedKind(
        code="table_to_write_up",
        label=_("Round-table today or to write up"),
        sentence=_("The day of a round-table has come. Say how it went, or move it."),
        url="introduction",
        own=(
            Own(
                text=_("You have a meeting about a job."),
                easy=_("You have a meeting about a job."),
                url="introduction",
            ),
        ),
    ),
    NeedKind(
        code="agreement_to_sign",
        label=_("Agreement to sign"),
        sentence=_("An agreement waits for a signature."),
        url="agreement",
        is_since=True,
        own=(
            Own(
                when=WaitsOn.CITIZEN,
                text=_("Read the agreement about your job, and sign it if it is right."),
                easy=_("Read your agreement. Is it right? Then sign."),
                url="agreement",
            ),
            Own(
                when=WaitsOn.EMPLOYER,
                text=_("Your workplace reads the agreement and signs it."),
                easy=_("Your workplace reads the agreement and signs."),
            ),
            Own(when=WaitsOn.US, text=_("We sign the agreement about your job."), easy=_("We sign your agreement.")),
        ),
    ),
    NeedKind(
        code="support_to_arrange",
        label=_("Support to arrange"),
        sentence=_("Support for a job has its day within a week, or the day has passed."),
        url="placements",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("Support for your job is being arranged."),
                easy=_("Support for your job is on its way."),
                url="placements",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="onboarding_to_plan",
        label=_("Way into the job to plan"),
        sentence=_("A job is agreed, and the first time is not planned. Make the plan from the support."),
        url="onboarding",
        own=(
            Own(
                text=_("We plan your first time at the job, together with your workplace."),
                easy=_("We plan your first days at the job."),
            ),
        ),
    ),
    NeedKind(
        code="onboarding_task",
        label=_("Task of the first time in a job"),
        sentence=_("A task of the first time in a job has its day within a week, or the day has passed."),
        url="onboarding",
        own=(
            Own(
                when=WaitsOn.CITIZEN,
                text=_("There is something for you to do in the plan for your first time at the job."),
                easy=_("Look at the plan for your job. There is something for you."),
                url="onboarding",
            ),
            Own(
                text=_("Something is being made ready for you at your job."),
                easy=_("Your job is being made ready."),
            ),
        ),
    ),
    NeedKind(
        code="workplace_closed",
        label=_("Workplace that has closed"),
        sentence=_("The company has closed. Agree with the citizen what happens now."),
        url="onboarding",
        is_since=True,
        own=(
            Own(
                text=_("Your workplace has closed. We talk with you about what comes next."),
                easy=_("Your workplace has closed. We talk with you."),
            ),
        ),
    ),
)
_EXTERNAL = (
    NeedKind(
        code="engagement_waits_for_yes",
        label=_("Partner: the citizen’s yes"),
        sentence=_("Work with a partner is proposed. The citizen has not said yes."),
        url="engagement",
        own=(
            Own(
                text=_("There is a proposal of help from somebody outside the municipality. You say yes or no."),
                easy=_("Others can help you. You say yes or no."),
                url="engagement",
            ),
        ),
    ),
    NeedKind(
        code="engagement_ends_soon",
        label=_("Partner: ends soon"),
        sentence=_("Work with a partner ends within two weeks. Agree how it goes on."),
        url="engagement",
        own=(
            Own(
                text=_("The help from our partner ends soon. We talk with you about how it goes on."),
                easy=_("The help ends soon. We talk with you."),
            ),
        ),
    ),
    NeedKind(
        code="engagement_is_over",
        label=_("Partner: to write up"),
        sentence=_("The last day of the work with a partner has passed. Say what came of it."),
        url="engagement",
        is_since=True,
    ),
    NeedKind(
        code="engagement_taken_back",
        label=_("Partner: yes taken back"),
        sentence=_("The citizen has taken back the yes to a partner. End the work or talk about it."),
        url="engagement",
    ),
)

NEWER = (*_PLACEMENT, *_EXTERNAL)
