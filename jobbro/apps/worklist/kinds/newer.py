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
_TEAM = (
    NeedKind(
        code="nobody_stands_in",
        label=_("Contact person away, nobody stands in"),
        sentence=_("The contact person is away today and nobody stands in. Arrange who does."),
        url="case_members",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("Your contact person is away. We find somebody who helps you meanwhile."),
                easy=_("Your contact person is away. We find another."),
            ),
        ),
    ),
    NeedKind(
        code="both_buddies_away",
        label=_("Both buddies are away"),
        sentence=_("Both buddies are away, and the mini-team stands in. See that it goes well."),
        url="case_members",
        by=By.CITIZEN,
        is_since=True,
    ),
    NeedKind(
        code="handover_under_way",
        label=_("Handover under way"),
        sentence=_("A handover has begun. Go through the list and finish it."),
        url="handover",
        is_since=True,
        own=(
            Own(
                text=_("You get a new contact person. They read what is agreed, so that you need not tell it again."),
                easy=_("You get a new contact person. You need not tell everything again."),
            ),
        ),
    ),
)
_COURSES = (
    NeedKind(
        code="course_application",
        label=_("Seat at a course asked for"),
        sentence=_("Somebody asks for a seat at a course. Give it or say how it goes on."),
        url="enrolment",
        own=(
            Own(
                text=_("You have asked for a seat at a course. We answer you."),
                easy=_("You want to go to a course. We answer you."),
                url="enrolment",
            ),
        ),
    ),
    NeedKind(
        code="course_seat_offered",
        label=_("Seat at a course offered"),
        sentence=_("A seat at a course is offered. The citizen has not answered."),
        url="enrolment",
        own=(
            Own(
                text=_("There is a seat for you at a course. Say whether you want it."),
                easy=_("There is a seat for you at a course. Do you want it?"),
                url="enrolment",
            ),
        ),
    ),
    NeedKind(
        code="course_to_finish",
        label=_("Course to write up"),
        sentence=_("A course has ended. Say whether the citizen completed it."),
        url="enrolment",
        is_since=True,
    ),
    NeedKind(
        code="course_outcome",
        label=_("What the course gave"),
        sentence=_("A course has ended. Ask what it gave, and write it down."),
        url="enrolment",
        is_since=True,
        own=(
            Own(
                text=_("You have been at a course. We would like to hear what it gave you."),
                easy=_("You have been at a course. Was it good?"),
                url="enrolment",
            ),
        ),
    ),
)
_MEETINGS = (
    NeedKind(
        code="meeting_today",
        label=_("Meeting today"),
        sentence=_("There is a meeting today."),
        url="meeting_booked",
        own=(Own(text=_("You have a meeting today."), easy=_("You have a meeting today."), url="meeting_booked"),),
    ),
    NeedKind(
        code="meeting_to_write_up",
        label=_("Meeting to write up"),
        sentence=_("The day of a meeting has passed. Say whether it was held."),
        url="meeting_booked",
        is_since=True,
    ),
    NeedKind(
        code="meeting_unanswered",
        label=_("Invitation without an answer"),
        sentence=_("A meeting is within a week, and the citizen has not answered the invitation."),
        url="meeting_booked",
        own=(
            Own(
                text=_("You are invited to a meeting. Say whether the time suits you."),
                easy=_("You are invited to a meeting. Does the time suit you?"),
                url="meeting_booked",
            ),
        ),
    ),
    NeedKind(
        code="meeting_declined",
        label=_("Another time wished for"),
        sentence=_("The citizen cannot come or wishes another time. Find one together."),
        url="meeting_booked",
        own=(
            Own(
                text=_("You have asked for another time for a meeting. We find one."),
                easy=_("You want another time. We find one."),
            ),
        ),
    ),
    NeedKind(
        code="interpreter_missing",
        label=_("Interpreter or companion to find"),
        sentence=_("A meeting is within two weeks, and an interpreter or companion is not in place."),
        url="meeting_booked",
        own=(
            Own(
                text=_("We are finding an interpreter or companion for your meeting."),
                easy=_("We find an interpreter or a helper for your meeting."),
            ),
        ),
    ),
    NeedKind(
        code="message_by_hand",
        label=_("Message to phone or write"),
        sentence=_("A message goes by telephone or letter. Do it, and say so."),
        url="meetings",
        by=By.NOTHING,
    ),
)
# These wait for a colleague and are about no citizen.
QUESTIONS = (
    NeedKind(
        code="question_to_answer",
        label=_("Question to answer"),
        sentence=_("A colleague asks you as a key person."),
        url="question",
    ),
    NeedKind(
        code="question_answered",
        label=_("Your question is answered"),
        sentence=_("A key person has answered your question. Read it and close it."),
        url="question",
    ),
)
_MOBILITY = (
    NeedKind(
        code="between_jobs",
        label=_("Between jobs"),
        sentence=_("The job has ended and there is no new one. Agree what happens now."),
        url="mobility",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("Your job has ended. We look for the next one together with you."),
                easy=_("Your job has ended. We look for a new one with you."),
                url="mobility",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="term_ends",
        label=_("Job with a last day"),
        sentence=_("A job ends within six weeks as agreed. Talk about what comes after."),
        url="mobility",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("Your job has a last day. We talk with you about what comes after."),
                easy=_("Your job has a last day. We talk about what comes after."),
                url="mobility",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="last_step",
        label=_("Step until a last day"),
        sentence=_("A step until the last day of a job has its day within a week, or the day has passed."),
        url="notice",
        own=(
            Own(
                when=WaitsOn.CITIZEN,
                text=_("There is a step for you until the last day of your job."),
                easy=_("There is something for you to do before your last day."),
                url="notice",
            ),
            Own(
                text=_("We do what is agreed until the last day of your job."),
                easy=_("We do what we agreed before your last day."),
            ),
        ),
    ),
    NeedKind(
        code="change_wish",
        label=_("Wish for something new"),
        sentence=_("The citizen wishes for something new. Talk about it."),
        url="mobility",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("You have told that you wish for something new. We talk with you about it."),
                easy=_("You wish for something new. We talk with you."),
            ),
        ),
    ),
    NeedKind(
        code="observation_to_answer",
        label=_("What has gone well: the citizen’s answer"),
        sentence=_("It is written what has gone well at work. The citizen has not said yes or no."),
        url="mobility",
        by=By.CITIZEN,
        is_since=True,
        own=(
            Own(
                text=_("We have written what has gone well for you at work. Say whether it is right."),
                easy=_("We have written what goes well at work. Is it right?"),
                url="mobility",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="observation_to_talk_about",
        label=_("What has gone well: into the dialogue"),
        sentence=_("The citizen agrees what has gone well at work. Take it up in the dialogue."),
        url="dialogue",
        by=By.CITIZEN,
        is_since=True,
    ),
)
_CLOSING = (
    NeedKind(
        code="move_answer",
        label=_("Move: what goes along"),
        sentence=_("The citizen moves to another municipality, and has not said what may go along."),
        url="move_municipality",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("You are moving to another municipality. Say what may go along to them."),
                easy=_("You are moving. Say what we may tell the new municipality."),
                url="move_municipality",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="move_take",
        label=_("Move: waits for the other municipality"),
        sentence=_("The citizen has answered. The other municipality has not received them yet."),
        url="move_municipality",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("Your new municipality is getting ready to help you."),
                easy=_("Your new municipality gets ready to help you."),
            ),
        ),
    ),
)

_FOLLOW_UP = (
    NeedKind(
        code="talk_due_citizen",
        label=_("Short talk with the citizen"),
        sentence=_("A short talk with the citizen about the job is due. Send a link, or ring."),
        url="follow_up",
        is_since=True,
        own=(
            Own(
                text=_("We would like to hear how it goes at your job. It takes about two minutes."),
                easy=_("How is your job? Answer a few questions."),
                url="talk_own",
            ),
        ),
    ),
    NeedKind(
        code="talk_due_employer",
        label=_("Short talk with the workplace"),
        sentence=_("A short talk with the workplace is due. Send a link, or ring."),
        url="follow_up",
        is_since=True,
        own=(
            Own(
                text=_("We ask your workplace how the work goes."),
                easy=_("We ask your workplace how it goes."),
            ),
        ),
    ),
    NeedKind(
        code="talk_answered",
        label=_("Short talk to read"),
        sentence=_("A short talk has been answered, and nobody has read it."),
        url="follow_up",
        own=(Own(text=_("We read what you or your workplace answered."), easy=_("We read your answers.")),),
    ),
    NeedKind(
        code="talk_link_stopped",
        label=_("Link that reached somebody else"),
        sentence=_("A link to a short talk reached somebody else and was stopped. Look at the address, and ring."),
        url="follow_up",
    ),
    NeedKind(
        code="help_asked",
        label=_("Call for help"),
        sentence=_("The citizen or the workplace asks for help. Ring within the time, and write what was done."),
        url="help_request",
        own=(
            Own(
                text=_("Help has been asked for at your job. We ring."),
                easy=_("You or your workplace asked for help. We ring."),
                url="help_request",
            ),
        ),
    ),
    NeedKind(
        code="help_overdue",
        label=_("Call for help: the time has passed"),
        sentence=_("A call for help has not been answered in time. The team lead sees that somebody rings today."),
        url="help_request",
        own=(
            Own(
                text=_("Help has been asked for, and we are late. We ring today."),
                easy=_("We are late with help. We ring today."),
                url="help_request",
            ),
        ),
    ),
    NeedKind(
        code="return_to_plan",
        label=_("Return to work to plan"),
        sentence=_("A sick leave lasts, and there is no plan for the return. Make one with the citizen."),
        url="follow_up",
        is_since=True,
        own=(
            Own(
                text=_("We would like to plan your way back to work together with you."),
                easy=_("We plan your way back to work with you."),
                url="follow_up",
            ),
        ),
    ),
)
_OUTREACH = (
    NeedKind(
        code="opening_questions_not_asked",
        label=_("Opening questions to ask"),
        sentence=_("The two opening questions have not been asked, and nothing is told. Ask them."),
        url="opening_questions",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("We would like to hear about you. You can begin the dialogue at home, or together with us."),
                easy=_("We would like to hear about you. You can begin at home, or with us."),
                url="dialogue",
                by=By.CITIZEN,
            ),
        ),
    ),
    NeedKind(
        code="opening_questions_again",
        label=_("Opening questions to ask again"),
        sentence=_("It was agreed to ask the two opening questions again by now."),
        url="opening_questions",
        by=By.CITIZEN,
    ),
    NeedKind(
        code="wants_to_talk",
        label=_("Wishes to talk"),
        sentence=_("The citizen has said yes to a talk about support. Begin the dialogue."),
        url="dialogue",
        by=By.CITIZEN,
        own=(
            Own(
                text=_("You have said yes to a talk about support. We contact you."),
                easy=_("You want to talk with us. We will call you."),
            ),
        ),
    ),
)

NEWER = (
    *_OUTREACH,
    *_TEAM,
    *_COURSES,
    *_EXTERNAL,
    *_PLACEMENT,
    *_FOLLOW_UP,
    *_MOBILITY,
    *_MEETINGS,
    *_CLOSING,
    *QUESTIONS,
)
