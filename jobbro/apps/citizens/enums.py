"""Codes of the citizens app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How the citizen wants to be reached."""

    PHONE = "phone", _("Telephone")
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    DIGITAL_POST = "digital_post", _("Digital Post")
    MEETING = "meeting", _("Meeting in person")
    VIDEO = "video", _("Video with captions")


class ConsentPurpose(TextChoices):
    """What a consent lets us share, and with whom. Casework itself never rests on consent."""

    EMPLOYER_CARD = "employer_card", _("Show agreed needs to an employer")
    NETWORK = "network", _("Talk with a person close to you")
    HEALTH_SERVICE = "health_service", _("Ask the health service about what helps at work")
    EXTERNAL_ACTOR = "external_actor", _("Share the plan with a partner outside the municipality")
