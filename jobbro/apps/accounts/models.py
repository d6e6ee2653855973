"""Accounts and positions: a position is a role in a unit (and perhaps a team) for a period."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q

from jobbro.apps.audit.rows import Row
from jobbro.apps.organisations.models import Dated, Team, Unit

from .enums import Kind, Role


class DateRange(Func):
    """The days from `from_on` to `until_on`, both included."""

    function = "daterange"
    output_field = DateRangeField()


class User(Row, AbstractBaseUser):
    """Somebody who can log in: an employee or a citizen."""

    username = models.CharField(max_length=80, unique=True)
    subject = models.CharField(max_length=255, unique=True, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="da")
    is_easy = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = BaseUserManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="user_kind_known")]

    def __str__(self) -> str:
        return self.display_name


class Position(Row, Dated):
    """A person holds a role in a unit for a period; rights follow positions and end with them."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="positions")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="positions")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(role__in=Role.values), name="position_role_known"),
            ExclusionConstraint(
                name="position_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class LoginAttempt(models.Model):
    """A failed login by keyed hash of the name and address, to slow down guessing."""

    key = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="login_attempt_key")]
