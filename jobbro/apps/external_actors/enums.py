"""Codes of cooperation with actors outside the municipality."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActorKind(TextChoices):
    """What kind of organisation it is."""

    DISABILITY_ORGANISATION = "disability_organisation", _("Patient or disability organisation")
    SOCIO_ECONOMIC = "socio_economic", _("Socio-economic company")
    PRIVATE_PROVIDER = "private_provider", _("Private provider")
    UNION = "union", _("Trade union or unemployment fund")
    EDUCATION = "education", _("Place of education")
    OTHER = "other", _("Something else")


class Theme(TextChoices):
    """What the cooperation is about; the themes of the national survey of 2018."""

    COMPANY_WORK = "company_work", _("Work with companies")
    JOB_BROKERING = "job_brokering", _("Job brokering")
    QUALIFICATION = "qualification", _("Courses and qualification")
    KNOWLEDGE = "knowledge", _("Knowledge and competence")
    METHOD_DEVELOPMENT = "method_development", _("Development of methods")


class State(TextChoices):
    """Where an engagement stands. Whether it holds today follows from its days and the consent too."""

    PROPOSED = "proposed", _("Waits for the citizen's yes")
    APPROVED = "approved", _("Agreed")
    DROPPED = "dropped", _("Came to nothing")
    ENDED = "ended", _("Ended")


class Standing(TextChoices):
    """What an engagement is today, told from its state, its days and the consent."""

    PROPOSED = "proposed", _("Waits for the citizen's yes")
    COMING = "coming", _("Begins later")
    HOLDS = "holds", _("Is under way")
    OVER = "over", _("Its last day has passed")
    TAKEN_BACK = "taken_back", _("The consent was taken back")
    DROPPED = "dropped", _("Came to nothing")
    ENDED = "ended", _("Ended")


class Party(TextChoices):
    """Whose words an entry holds."""

    PARTNER = "partner", _("The partner")
    CITIZEN = "citizen", _("The citizen")
    MUNICIPALITY = "municipality", _("The municipality")


class EntryKind(TextChoices):
    DONE = "done", _("What was done")
    OUTCOME = "outcome", _("How it went")


class Result(TextChoices):
    """How far the goal was reached, as whoever writes it sees it."""

    REACHED = "reached", _("The goal was reached")
    PARTLY = "partly", _("Part of the goal was reached")
    NOT = "not", _("The goal was not reached")
