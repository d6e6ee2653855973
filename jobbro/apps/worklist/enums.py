"""What can need doing: each need's code with its words, where it is done, and what the citizen is told of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class WaitsOn(TextChoices):
    """Whose turn it is; the order is that of the worklist."""

    US = "us", _("Waits for us")
    CITIZEN = "citizen", _("Waits for the citizen")
    EMPLOYER = "employer", _("Waits for the employer")
    OTHER = "other", _("Waits for others")


class Sort(TextChoices):
    """What stands first."""

    DUE = "due", _("Nearest day first")
    WHO = "who", _("By who it waits for")
    NAME = "name", _("Name")


class Due(TextChoices):
    """When the day is."""

    LATE = "late", _("The day has passed")
    TODAY = "today", _("Today or before")
    WEEK = "week", _("Within a week")


@dataclass(frozen=True, kw_only=True)
class NeedKind:
    """One kind of need. `url` takes the citizen's id, or with `by_subject` the id of what it is about, or nothing.

    `is_since`: the day says since when it waits, not by when. `own` and `own_easy` are what the citizen reads, with
    `own_url` to where they do it; without them the need is the employees' own.
    """

    code: str
    label: "StrPromise"
    sentence: "StrPromise"
    url: str
    by_subject: bool = False
    by_nothing: bool = False
    is_since: bool = False
    own: "StrPromise | None" = None
    own_easy: "StrPromise | None" = None
    own_url: str = ""
    own_by_subject: bool = False


_COURSE = (
    NeedKind(
        code="no_person",
        label=_("No contact person"),
        sentence=_("Nobody is the contact person. Choose one."),
        url="case_members",
        is_since=True,
        own=_("We are finding a contact person for you."),
        own_easy=_("We are finding a person for you."),
    ),
    NeedKind(
        code="person_left",
        label=_("The contact person has left"),
        sentence=_("The contact person no longer works here. Choose a new one."),
        url="case_members",
        is_since=True,
        own=_("We are finding a new contact person for you."),
        own_easy=_("We are finding a new person for you."),
    ),
    NeedKind(
        code="no_next_step",
        label=_("No next step"),
        sentence=_("No next step with a day is set. Agree one and write it down."),
        url="citizen",
        is_since=True,
        own=_("We agree the next step with you. We contact you."),
        own_easy=_("We will call you. Then we say what comes next."),
    ),
    NeedKind(
        code="next_step_due",
        label=_("The next step"),
        sentence=_("The day of the next step has come."),
        url="citizen",
        own=_("We take the next step that was agreed."),
        own_easy=_("We do what we agreed."),
    ),
    NeedKind(
        code="quiet",
        label=_("Quiet for more than three weeks"),
        sentence=_("Nothing has happened for more than three weeks. Get in touch."),
        url="citizen",
        is_since=True,
    ),
)
_DIALOGUE = (
    NeedKind(
        code="dialogue_open",
        label=_("Dialogue stopped on the way"),
        sentence=_("The dialogue has begun and nothing has been answered for a week."),
        url="dialogue",
        is_since=True,
        own=_("You have begun the dialogue. You can go on when it suits you, alone or together with us."),
        own_easy=_("You have begun to tell. You can go on when you like."),
        own_url="dialogue",
    ),
    NeedKind(
        code="needs_citizen_yes",
        label=_("Needs to be read by the citizen"),
        sentence=_("The needs are written. The citizen has not said yes to them."),
        url="dialogue_summary",
        is_since=True,
        own=_("Read what is written about your needs, and say whether it is right."),
        own_easy=_("Read about your needs. Is it right?"),
        own_url="dialogue_summary",
    ),
    NeedKind(
        code="needs_our_yes",
        label=_("Needs to be agreed by us"),
        sentence=_("The needs are written. We have not said yes to them."),
        url="dialogue_summary",
        is_since=True,
        own=_("We read what you have told, and say whether we see it the same way."),
        own_easy=_("We read what you have told."),
    ),
)
_PLAN = (
    NeedKind(
        code="plan_to_make",
        label=_("Plan to make"),
        sentence=_("The needs are agreed, and there is no plan. Choose support and make one together."),
        url="support",
        is_since=True,
        own=_("We make a plan together with you. We contact you."),
        own_easy=_("We make a plan with you. We will call you."),
    ),
    NeedKind(
        code="plan_draft",
        label=_("Plan being written"),
        sentence=_("The plan is being written. Send it when it is ready to be agreed."),
        url="plan",
        is_since=True,
        own=_("We are writing your plan. You get to read it before anything is decided."),
        own_easy=_("We are writing your plan. You get to read it."),
    ),
    NeedKind(
        code="plan_citizen_yes",
        label=_("Plan to be read by the citizen"),
        sentence=_("The plan is ready. The citizen has not said yes to it."),
        url="plan",
        is_since=True,
        own=_("Your plan is ready. Read it, and say whether it fits you."),
        own_easy=_("Your plan is ready. Read it. Does it fit?"),
        own_url="plan",
    ),
    NeedKind(
        code="plan_our_yes",
        label=_("Plan to be agreed by us"),
        sentence=_("The citizen has read the plan. We have not said yes to it."),
        url="plan",
        is_since=True,
        own=_("We read your plan once more, and say yes."),
        own_easy=_("We read your plan once more."),
    ),
    NeedKind(
        code="plan_step_due",
        label=_("Step of the plan"),
        sentence=_("A step of the plan has its day within a week, or the day has passed."),
        url="plan",
        own=_("There is a step in your plan with its day close by."),
        own_easy=_("Look at your plan. A step is close."),
        own_url="plan",
    ),
)
_APPLICATION = (
    NeedKind(
        code="application_write",
        label=_("Application being written"),
        sentence=_("An application is begun and not sent."),
        url="application",
        by_subject=True,
        is_since=True,
        own=_("You have begun an application. Write the rest and send it, or ask us to help."),
        own_easy=_("You have begun an application. We can help you."),
        own_url="application",
        own_by_subject=True,
    ),
    NeedKind(
        code="application_receive",
        label=_("Application to confirm"),
        sentence=_("An application is sent. Confirm that it has been received."),
        url="application",
        by_subject=True,
        is_since=True,
        own=_("We confirm that we have your application."),
        own_easy=_("We tell you when we have your application."),
    ),
    NeedKind(
        code="application_decide",
        label=_("Application to decide"),
        sentence=_("An application waits for a decision."),
        url="application",
        by_subject=True,
        own=_("We decide your application."),
        own_easy=_("We look at your application."),
    ),
    NeedKind(
        code="application_answer",
        label=_("More asked for"),
        sentence=_("More is asked for before an application can be decided."),
        url="application",
        by_subject=True,
        own=_("We have asked for more about your application. Send it, or call us."),
        own_easy=_("We need more from you. Call us if it is hard."),
        own_url="application",
        own_by_subject=True,
    ),
    NeedKind(
        code="application_reconsider",
        label=_("Decision to look at again"),
        sentence=_("The citizen has complained. Look at the decision again."),
        url="application",
        by_subject=True,
        own=_("We look at our decision once more, because you complained."),
        own_easy=_("You complained. We look at it once more."),
    ),
    NeedKind(
        code="application_appeal",
        label=_("Complaint at Ankestyrelsen"),
        sentence=_("A complaint waits for Ankestyrelsen."),
        url="application",
        by_subject=True,
        is_since=True,
        own=_("Ankestyrelsen decides your complaint."),
        own_easy=_("Others look at your complaint now."),
    ),
    NeedKind(
        code="complaint_ends",
        label=_("Last day to complain"),
        sentence=_("The citizen can complain about a decision until this day."),
        url="application",
        by_subject=True,
        own=_("If you do not agree with the decision, you can complain until this day."),
        own_easy=_("Do you not agree? You can complain. We can help you."),
        own_url="application",
        own_by_subject=True,
    ),
    NeedKind(
        code="grant_ends",
        label=_("Grant that ends"),
        sentence=_("A grant ends within eight weeks. Look at whether it is to go on."),
        url="application",
        by_subject=True,
        own=_("Some of your support has a last day. We look at whether it is to go on."),
        own_easy=_("Some of your support ends soon. We look at it with you."),
    ),
    NeedKind(
        code="claim_to_send",
        label=_("Money to claim"),
        sentence=_("The hours of the last quarter have not been claimed."),
        url="application",
        by_subject=True,
    ),
    NeedKind(
        code="claim_to_pay",
        label=_("Claim to pay"),
        sentence=_("A claim for a quarter is sent and not paid."),
        url="application",
        by_subject=True,
    ),
    NeedKind(
        code="vacancy_step",
        label=_("Post with fortrinsadgang"),
        sentence=_("A post with fortrinsadgang waits for its next step."),
        url="vacancy",
        by_subject=True,
        is_since=True,
        own=_("A post you have applied for waits for its next step."),
        own_easy=_("A job you want waits for the next step."),
        own_url="vacancy",
        own_by_subject=True,
    ),
)
_JOB = (
    NeedKind(
        code="proposal_to_introduce",
        label=_("Idea of a job"),
        sentence=_("A job is picked and not introduced to the employer."),
        url="proposal",
        by_subject=True,
        is_since=True,
        own=_("There is an idea of a job for you. We talk with you about it."),
        own_easy=_("There is an idea of a job. We talk with you about it."),
        own_url="proposal",
        own_by_subject=True,
    ),
    NeedKind(
        code="proposal_answer",
        label=_("Employer’s answer"),
        sentence=_("A proposal is introduced. It waits for the next move of the employer."),
        url="proposal",
        by_subject=True,
        is_since=True,
        own=_("A workplace thinks about a job for you."),
        own_easy=_("A workplace thinks about a job for you."),
        own_url="proposal",
        own_by_subject=True,
    ),
    NeedKind(
        code="card_ends",
        label=_("Compensation card that runs out"),
        sentence=_("A compensation card runs out within two weeks. Ask the citizen whether it is to go on."),
        url="card",
        by_subject=True,
        own=_("Your compensation card has its last day soon. You decide whether it is to go on."),
        own_easy=_("Your card ends soon. You decide."),
        own_url="card",
        own_by_subject=True,
    ),
    NeedKind(
        code="card_taken_back",
        label=_("Compensation card taken back"),
        sentence=_("The citizen has taken the card back. Talk about what that means for the job."),
        url="card",
        by_subject=True,
        is_since=True,
    ),
    NeedKind(
        code="meeting_today",
        label=_("Meeting today"),
        sentence=_("There is a round-table today."),
        url="introduction",
        by_subject=True,
        own=_("You have a meeting about a job today."),
        own_easy=_("You have a meeting today."),
        own_url="introduction",
        own_by_subject=True,
    ),
    NeedKind(
        code="meeting_to_tell",
        label=_("Meeting to write up"),
        sentence=_("The day of a round-table has passed. Say how it went."),
        url="introduction",
        by_subject=True,
        is_since=True,
    ),
    NeedKind(
        code="meeting_outcome",
        label=_("Round-table without an outcome"),
        sentence=_("A round-table is held, and nothing is decided. Agree what happens next."),
        url="introduction",
        by_subject=True,
        is_since=True,
        own=_("We agree with you and the workplace what happens after the meeting."),
        own_easy=_("We agree what happens after the meeting."),
        own_url="introduction",
        own_by_subject=True,
    ),
    NeedKind(
        code="arrangement_due",
        label=_("Support to arrange"),
        sentence=_("Support for a job has its day within a week, or the day has passed."),
        url="placements",
        own=_("Support for your job is being arranged."),
        own_easy=_("Support for your job is on its way."),
        own_url="placements",
    ),
    NeedKind(
        code="signature_ours",
        label=_("Agreement: our signature"),
        sentence=_("An agreement waits for the signature of the municipality."),
        url="agreement",
        by_subject=True,
        is_since=True,
        own=_("We sign the agreement about your job."),
        own_easy=_("We sign your agreement."),
    ),
    NeedKind(
        code="signature_citizen",
        label=_("Agreement: the citizen’s signature"),
        sentence=_("An agreement waits for the citizen’s signature."),
        url="agreement",
        by_subject=True,
        is_since=True,
        own=_("Read the agreement about your job, and sign it if it is right."),
        own_easy=_("Read your agreement. Is it right? Then sign."),
        own_url="agreement",
        own_by_subject=True,
    ),
    NeedKind(
        code="signature_employer",
        label=_("Agreement: the employer’s signature"),
        sentence=_("An agreement waits for the employer’s signature."),
        url="agreement",
        by_subject=True,
        is_since=True,
        own=_("Your workplace reads the agreement and signs it."),
        own_easy=_("Your workplace must sign."),
    ),
)

KINDS = (*_COURSE, *_DIALOGUE, *_PLAN, *_APPLICATION, *_JOB)
BY_CODE = {kind.code: kind for kind in KINDS}
