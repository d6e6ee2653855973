"""Codes of the applications app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("Being written")
    READY = "ready", _("Ready to be sent")
    SENT = "sent", _("Sent")
    ACKNOWLEDGED = "acknowledged", _("Received")
    MORE_WANTED = "more_wanted", _("Waits for more information")
    DECIDED = "decided", _("Decided")
    COMPLAINED = "complained", _("Complained about")


class Outcome(TextChoices):
    """What was decided."""

    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Granted in part")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Channel(TextChoices):
    """The way an application was sent."""

    HERE = "here", _("Here in Jobbro")
    VITAS = "vitas", _("In VITAS")
    VIRK = "virk", _("On virk.dk")
    DIGITAL_POST = "digital_post", _("By Digital Post")
    EMPLOYER = "employer", _("To the employer")
    PAPER = "paper", _("On paper")


class DocumentState(TextChoices):
    WANTED = "wanted", _("Not here yet")
    ASKED = "asked", _("Asked for")
    HERE = "here", _("Here")
    NOT_NEEDED = "not_needed", _("Not needed")


class VacancyState(TextChoices):
    """A post applied for with fortrinsadgang."""

    NOTED = "noted", _("Noted")
    INVITED = "invited", _("Invited to an interview")
    INTERVIEWED = "interviewed", _("The interview has been held")
    ACCOUNT_SENT = "account_sent", _("The employer has sent an account")
    NEGOTIATED = "negotiated", _("Negotiated")
    REASONED_REFUSAL = "reasoned_refusal", _("Refused with reasons")
    VACANCY_RELEASED = "vacancy_released", _("The post may be filled")
    HIRED = "hired", _("Hired")
    FILLED_WITHOUT = "filled_without", _("Filled without interview or negotiation")
    WITHDRAWN = "withdrawn", _("No longer applied for")


class EmployerKind(TextChoices):
    """Employers who are bound by fortrinsadgang (BEK 1174)."""

    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    STATE = "state", _("The state")
    JOINT = "joint", _("A body they have together")
    COMPANY = "company", _("A company with more than 50 percent public shares")
    SUPPORTED = "supported", _("A body with at least 50 percent of its costs paid by public grants")


class Route(TextChoices):
    DIRECT = "direct", _("Applied for directly, saying that it is with fortrinsadgang")
    MUNICIPALITY = "municipality", _("Through the municipality")


class NegotiationWay(TextChoices):
    MEETING = "meeting", _("At a meeting")
    PHONE = "phone", _("By telephone")
    MAIL = "mail", _("By mail, where both sides wrote")


class DeadlineUnit(TextChoices):
    """What a municipality counts its own deadlines in."""

    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class ClaimState(TextChoices):
    """Money for one quarter of personal assistance."""

    ENTERED = "entered", _("Hours are entered")
    SENT = "sent", _("Claim sent")
    PAID = "paid", _("Paid")
