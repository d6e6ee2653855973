"""Codes of the plans app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("Ready to be agreed")
    AGREED = "agreed", _("Agreed by both")
    CLOSED = "closed", _("Closed")


class ActionState(TextChoices):
    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not going to happen")


class Who(TextChoices):
    """Who does a step of the plan."""

    CITIZEN = "citizen", _("The citizen")
    STAFF = "staff", _("An employee")
    OTHER = "other", _("Somebody else")


class Payer(TextChoices):
    """Who can pay for a measure, in plain words with the term of law behind; never a promise that they will."""

    PERSONLIG_ASSISTANCE = "personlig_assistance", _("The municipality can pay (personal assistance)")
    PERSONLIG_ASSISTANCE_UDDANNELSE = (
        "personlig_assistance_uddannelse",
        _("The municipality can pay (assistance in education)"),
    )
    FORTRINSADGANG = "fortrinsadgang", _("Costs nothing extra (right to an interview)")
    ISBRYDER = "isbryder", _("The municipality can pay a part (icebreaker scheme)")
    HJAELPEMIDLER = "hjaelpemidler", _("The municipality can pay (aids at work)")
    ARBEJDSPLADSINDRETNING = "arbejdspladsindretning", _("The municipality can pay (changes to the workplace)")
    PARAGRAF_56 = "paragraf_56", _("The municipality can pay when you are ill (section 56)")
    PARAGRAF_58A = "paragraf_58a", _("The municipality can pay when you are ill (section 58 a)")
    MENTOR = "mentor", _("The municipality can pay (mentor)")
    FLEKSJOB = "fleksjob", _("The municipality can pay a part (flex job)")
    SKAANEJOB = "skaanejob", _("The municipality can pay a part (skånejob)")
    TILSKUD_SELVSTAENDIG = "tilskud_selvstaendig", _("The municipality can pay a part (self-employed)")
    VIRKSOMHEDSPRAKTIK = "virksomhedspraktik", _("The municipality can arrange it (work trial)")
    SENIORJOB = "seniorjob", _("The municipality can employ you (senior job)")
    STU = "stu", _("The municipality can pay (STU)")
    EMPLOYER = "employer", _("The workplace pays or arranges it")
    NONE = "none", _("Costs nothing extra")


class Situation(TextChoices):
    """Whom a measure is for when it is not for all."""

    EMPLOYEE = "employee", _("for employees")
    SELF_EMPLOYED = "self_employed", _("for self-employed people")
    GRADUATE = "graduate", _("for people who have just finished an education")
    DISABILITY_PENSION = "disability_pension", _("for people with disability pension")
