"""Codes of the employers app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerState(TextChoices):
    """Where the partnership with a company stands. It says nothing of how good an employer they are."""

    NEW = "new", _("New")
    PARTNER = "partner", _("Partner")
    RESTING = "resting", _("Resting by agreement")
    CLOSED = "closed", _("The company has closed")


class Sector(TextChoices):
    PRIVATE = "private", _("Private")
    PUBLIC = "public", _("Public")
    ASSOCIATION = "association", _("Association or foundation")


class Feature(TextChoices):
    """What a workplace can offer besides measures of the catalogue."""

    STEP_FREE = "step_free", _("Step-free access")
    ACCESSIBLE_TOILET = "accessible_toilet", _("Accessible toilet")
    PARKING = "parking", _("Parking close to the door")
    PUBLIC_TRANSPORT = "public_transport", _("Public transport nearby")
    QUIET_ROOM = "quiet_room", _("A quiet room")
    OWN_DESK = "own_desk", _("A fixed place of one's own")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    GOOD_LIGHT = "good_light", _("Light that can be adjusted")
    FLEXIBLE_HOURS = "flexible_hours", _("Flexible hours")
    FEW_HOURS = "few_hours", _("Few hours a week")
    RISING_HOURS = "rising_hours", _("Hours that rise little by little")
    BREAKS = "breaks", _("Breaks when they are needed")
    WORK_FROM_HOME = "work_from_home", _("Work from home")
    FIXED_TASKS = "fixed_tasks", _("The same tasks every day")
    ONE_CONTACT = "one_contact", _("One colleague to ask")
    LIFTING_AIDS = "lifting_aids", _("Lifting aids")


class ContactKind(TextChoices):
    """How we talked with the company."""

    VISIT = "visit", _("Visit at the workplace")
    MEETING = "meeting", _("Meeting")
    PHONE = "phone", _("Telephone")
    MAIL = "mail", _("E-mail")
    EVENT = "event", _("Event")


class Promiser(TextChoices):
    """Who promised something."""

    US = "us", _("We")
    THEM = "them", _("The company")


class PromiseState(TextChoices):
    OPEN = "open", _("Not yet kept")
    KEPT = "kept", _("Kept")
    DROPPED = "dropped", _("Dropped by agreement")


class NeedState(TextChoices):
    """A need for hands that the company has told us of."""

    OPEN = "open", _("Open")
    MET = "met", _("Met")
    WITHDRAWN = "withdrawn", _("No longer there")
