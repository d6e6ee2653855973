"""Codes of mini-teams: what colleagues know, who is away, what a handover holds, why somebody is proposed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CompetenceKind(TextChoices):
    """What a competence is about."""

    AREA_GROUP = "area_group", _("Group of function areas")
    AREA = "area", _("Function area")
    SCHEME = "scheme", _("Scheme")
    LANGUAGE = "language", _("Language")
    PLACE = "place", _("Place")
    TRADE = "trade", _("Trade")


class Sureness(TextChoices):
    """How well it is known; there is no scale of people behind it."""

    KNOWS = "knows", _("Knows it")
    CAN_TEACH = "can_teach", _("Can teach it")


class AbsenceKind(TextChoices):
    """Why somebody is away, without a word about health: away and back, or gone for good."""

    AWAY = "away", _("Away")
    LEAVING = "leaving", _("Leaves the team")


class CoverReason(TextChoices):
    """Why this colleague stands in."""

    NAMED = "named", _("named when the absence was noted")
    PAIR = "pair", _("the other of the buddy pair")
    BUDDY = "buddy", _("buddy in the team around the citizen")
    MINI_TEAM = "mini_team", _("from the mini-team, because the buddies are away too")


class HandoverReason(TextChoices):
    """Why somebody else takes over."""

    LEAVING = "leaving", _("The contact person leaves")
    COVER = "cover", _("The contact person is away for a time")
    FIT = "fit", _("Somebody else can help better")
    WISH = "wish", _("The citizen wishes it")
    OTHER = "other", _("Another reason")


class HandoverItem(TextChoices):
    """What the next contact person must know, in this order."""

    AGREED = "agreed", _("What is agreed")
    NEXT_STEP = "next_step", _("Next step")
    PROMISES = "promises", _("Promises to the employer")
    TOLD = "told", _("What the citizen has been told")
    RINGS = "rings", _("Who contacts the citizen, and when")


class Choice(TextChoices):
    """What a person did with a proposal."""

    TAKEN = "taken", _("Took the proposal")
    OTHER = "other", _("Chose somebody else")


class Language(TextChoices):
    """Languages that colleagues are asked about; others are written with interpreter, not here."""

    SIGN = "dts", _("Danish Sign Language")
    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")
    ARABIC = "ar", _("Arabic")
    TURKISH = "tr", _("Turkish")
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")
    SOMALI = "so", _("Somali")
    FARSI = "fa", _("Farsi or Dari")
    KURDISH = "ku", _("Kurdish")
    URDU = "ur", _("Urdu")
    BOSNIAN = "bs", _("Bosnian, Croatian or Serbian")
    VIETNAMESE = "vi", _("Vietnamese")
    TIGRINYA = "ti", _("Tigrinya")
    ROMANIAN = "ro", _("Romanian")
    FAROESE = "fo", _("Faroese")
    GREENLANDIC = "kl", _("Greenlandic")


class Trade(TextChoices):
    """Trades that colleagues know employers in."""

    CLEANING = "cleaning", _("Cleaning")
    KITCHEN = "kitchen", _("Kitchens and canteens")
    SHOPS = "shops", _("Shops")
    OFFICE = "office", _("Offices")
    IT = "it", _("IT")
    CARE = "care", _("Care and health")
    CHILDREN = "children", _("Day care and schools")
    TRANSPORT = "transport", _("Transport and warehouses")
    INDUSTRY = "industry", _("Industry")
    BUILDING = "building", _("Building")
    GREEN = "green", _("Gardening and farming")
    HOTEL = "hotel", _("Hotels and restaurants")
    SERVICE = "service", _("Caretaking and service")
    CREATIVE = "creative", _("Media and creative work")
    PUBLIC = "public", _("Public administration")
