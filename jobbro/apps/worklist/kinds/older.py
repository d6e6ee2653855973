"""Needs of courses, dialogues, plans, applications and jobs."""

from django.utils.translation import gettext_lazy as _

from ..enums import By
from .shape import NeedKind, Own

_COURSE = (
    NeedKind(
        code="no_person",
        label=_("No contact person"),
        sentence=_("Nobody is the contact person. Choose one."),
        url="case_members",
        by=By.CITIZEN,
        is_since=True,
        own=(Own(text=_("We are finding a contact person for you."), easy=_("We are finding a person for you.")),),
    ),
    NeedKind(
        code="person_left",
        label=_("The contact person has left"),
        sentence=_("The contact person no longer works here. Choose a new one."),
        url="case_members",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(text=_("We are finding a new contact person for you."), easy=_("We are finding a new person for you.")),
        ),
    ),
    NeedKind(
        code="no_next_step",
        label=_("No next step"),
        sentence=_("No next step with a day is set. Agree one and write it down."),
        url="citizen",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("We agree the next step with you. We contact you."),
                easy=_("We will call you. Then we say what comes next."),
            ),
        ),
    ),
    NeedKind(
        code="next_step_due",
        label=_("The next step"),
        sentence=_("The day of the next step has come."),
        url="citizen",
        by=By.CITIZEN,
        own=(Own(text=_("We take the next step that was agreed."), easy=_("We do what we agreed.")),),
    ),
    NeedKind(
        code="quiet",
        label=_("Quiet for more than three weeks"),
        sentence=_("Nothing has happened for more than three weeks. Get in touch."),
        url="citizen",
        by=By.CITIZEN,
        is_since=True,
    ),
)
_DIALOGUE = (
    NeedKind(
        code="dialogue_open",
        label=_("Dialogue stopped on the way"),
        sentence=_("The dialogue has begun and nothing has been answered for a week."),
        url="dialogue",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("You have begun the dialogue. You can go on when it suits you, alone or together with us."),
                easy=_("You have begun to tell. You can go on when you like."),
                url="dialogue",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="needs_citizen_yes",
        label=_("Needs to be read by the citizen"),
        sentence=_("The needs are written. The citizen has not said yes to them."),
        url="dialogue_summary",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("Read what is written about your needs, and say whether it is right."),
                easy=_("Read about your needs. Is it right?"),
                url="dialogue_summary",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="needs_our_yes",
        label=_("Needs to be agreed by us"),
        sentence=_("The needs are written. We have not said yes to them."),
        url="dialogue_summary",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("We read what you have told, and say whether we see it the same way."),
                easy=_("We read what you have told."),
            ),
        ),
    ),
)
_PLAN = (
    NeedKind(
        code="plan_to_make",
        label=_("Plan to make"),
        sentence=_("The needs are agreed, and there is no plan. Choose support and make one together."),
        url="support",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("We make a plan together with you. We contact you."),
                easy=_("We make a plan with you. We will call you."),
            ),
        ),
    ),
    NeedKind(
        code="plan_draft",
        label=_("Plan being written"),
        sentence=_("The plan is being written. Send it when it is ready to be agreed."),
        url="plan",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("We are writing your plan. You get to read it before anything is decided."),
                easy=_("We are writing your plan. You get to read it."),
            ),
        ),
    ),
    NeedKind(
        code="plan_citizen_yes",
        label=_("Plan to be read by the citizen"),
        sentence=_("The plan is ready. The citizen has not said yes to it."),
        url="plan",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("Your plan is ready. Read it, and say whether it fits you."),
                easy=_("Your plan is ready. Read it. Does it fit?"),
                url="plan",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="plan_our_yes",
        label=_("Plan to be agreed by us"),
        sentence=_("The citizen has read the plan. We have not said yes to it."),
        url="plan",
        by=By.CITIZEN,
        is_since=True,
        own=(Own(text=_("We read your plan once more, and say yes."), easy=_("We read your plan once more.")),),
    ),
    NeedKind(
        code="plan_step_due",
        label=_("Step of the plan"),
        sentence=_("A step of the plan has its day within a week, or the day has passed."),
        url="plan",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("There is a step in your plan with its day close by."),
                easy=_("Look at your plan. A step is close."),
                url="plan",
                by=By.CITIZEN,
            ),
        ),
    ),
)
_APPLICATION = (
    NeedKind(
        code="application_write",
        label=_("Application being written"),
        sentence=_("An application is begun and not sent."),
        url="application",
        is_since=True,
        own=(
            Own(
                text=_("You have begun an application. Write the rest and send it, or ask us to help."),
                easy=_("You have begun an application. We can help you."),
                url="application",
            ),
        ),
    ),
    NeedKind(
        code="application_receive",
        label=_("Application to confirm"),
        sentence=_("An application is sent. Confirm that it has been received."),
        url="application",
        is_since=True,
        own=(
            Own(
                text=_("We confirm that we have your application."),
                easy=_("We tell you when we have your application."),
            ),
        ),
    ),
    NeedKind(
        code="application_decide",
        label=_("Application to decide"),
        sentence=_("An application waits for a decision."),
        url="application",
        own=(Own(text=_("We decide your application."), easy=_("We look at your application.")),),
    ),
    NeedKind(
        code="application_answer",
        label=_("More asked for"),
        sentence=_("More is asked for before an application can be decided."),
        url="application",
        own=(
            Own(
                text=_("We have asked for more about your application. Send it, or call us."),
                easy=_("We need more from you. Call us if it is hard."),
                url="application",
            ),
        ),
    ),
    NeedKind(
        code="application_reconsider",
        label=_("Decision to look at again"),
        sentence=_("The citizen has complained. Look at the decision again."),
        url="application",
        own=(
            Own(
                text=_("We look at our decision once more, because you complained."),
                easy=_("You complained. We look at it once more."),
            ),
        ),
    ),
    NeedKind(
        code="application_appeal",
        label=_("Complaint at Ankestyrelsen"),
        sentence=_("A complaint waits for Ankestyrelsen."),
        url="application",
        is_since=True,
        own=(Own(text=_("Ankestyrelsen decides your complaint."), easy=_("Others look at your complaint now.")),),
    ),
    NeedKind(
        code="complaint_ends",
        label=_("Last day to complain"),
        sentence=_("The citizen can complain about a decision until this day."),
        url="application",
        own=(
            Own(
                text=_("If you do not agree with the decision, you can complain until this day."),
                easy=_("Do you not agree? You can complain. We can help you."),
                url="application",
            ),
        ),
    ),
    NeedKind(
        code="grant_ends",
        label=_("Grant that ends"),
        sentence=_("A grant ends within eight weeks. Look at whether it is to go on."),
        url="application",
        own=(
            Own(
                text=_("Some of your support has a last day. We look at whether it is to go on."),
                easy=_("Some of your support ends soon. We look at it with you."),
            ),
        ),
    ),
    NeedKind(
        code="claim_to_send",
        label=_("Money to claim"),
        sentence=_("The hours of the last quarter have not been claimed."),
        url="application",
    ),
    NeedKind(
        code="claim_to_pay",
        label=_("Claim to pay"),
        sentence=_("A claim for a quarter is sent and not paid."),
        url="application",
    ),
    NeedKind(
        code="vacancy_step",
        label=_("Post with fortrinsadgang"),
        sentence=_("A post with fortrinsadgang waits for its next step."),
        url="vacancy",
        is_since=True,
        own=(
            Own(
                text=_("A post you have applied for waits for its next step."),
                easy=_("A job you want waits for the next step."),
                url="vacancy",
            ),
        ),
    ),
)
_JOB = (
    NeedKind(
        code="proposal_to_introduce",
        label=_("Idea of a job"),
        sentence=_("A job is picked and not introduced to the employer."),
        url="proposal",
        is_since=True,
        own=(
            Own(
                text=_("There is an idea of a job for you. We talk with you about it."),
                easy=_("There is an idea of a job. We talk with you about it."),
                url="proposal",
            ),
        ),
    ),
    NeedKind(
        code="proposal_answer",
        label=_("Employer’s answer"),
        sentence=_("A proposal is introduced. It waits for the next move of the employer."),
        url="proposal",
        is_since=True,
        own=(
            Own(
                text=_("A workplace thinks about a job for you."),
                easy=_("A workplace thinks about a job for you."),
                url="proposal",
            ),
        ),
    ),
    NeedKind(
        code="card_ends",
        label=_("Compensation card that runs out"),
        sentence=_("A compensation card runs out within two weeks. Ask the citizen whether it is to go on."),
        url="card",
        own=(
            Own(
                text=_("Your compensation card has its last day soon. You decide whether it is to go on."),
                easy=_("Your card ends soon. You decide."),
                url="card",
            ),
        ),
    ),
    NeedKind(
        code="card_taken_back",
        label=_("Compensation card taken back"),
        sentence=_("The citizen has taken the card back. Talk about what that means for the job."),
        url="card",
        is_since=True,
    ),
    NeedKind(
        code="meeting_outcome",
        label=_("Round-table without an outcome"),
        sentence=_("A round-table is held, and nothing is decided. Agree what happens next."),
        url="introduction",
        is_since=True,
        own=(
            Own(
                text=_("We agree with you and the workplace what happens after the meeting."),
                easy=_("We agree what happens after the meeting."),
                url="introduction",
            ),
        ),
    ),
)

OLDER = (*_COURSE, *_DIALOGUE, *_PLAN, *_APPLICATION, *_JOB)
