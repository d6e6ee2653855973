"""What a service refused, said on the form or by the page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from jobbro.apps.accounts import services as accounts
from jobbro.apps.organisations import services as organisations
from jobbro.apps.organisations.permissions import NotYours


@contextmanager
def told_on(form: forms.Form) -> Iterator[None]:
    """A refusal becomes an error of the form; what is not the actor's is not there."""
    try:
        yield
    except NotYours:
        raise Http404 from None
    except tuple(_refusals()) as refused:
        field, text = _refusals()[type(refused)]
        form.add_error(field if field in form.fields else None, text)


def _refusals() -> dict[type[Exception], tuple[str | None, str]]:
    return {
        accounts.UsernameTaken: ("username", _("Somebody has this username already. Choose another one.")),
        accounts.SubjectTaken: ("subject", _("This number belongs to another account already. Look at it once more.")),
        accounts.RoleHeldAlready: ("role", _("The person holds this role in this unit already in these days.")),
        accounts.TeamElsewhere: ("team", _("The team does not belong to this unit on the first day. Choose another.")),
        accounts.OneselfRefused: (None, _("You cannot change your own roles or account. Ask a colleague.")),
        accounts.LastAdministrator: (
            None,
            _("Then nobody would administer the municipality. Give somebody else the role first."),
        ),
        organisations.EndBeforeStart: ("until_on", _("The last day lies too early. Look at both dates.")),
        organisations.StillInUse: (
            "until_on",
            _("Something in here goes on after that day. End its teams first; a unit always serves a municipality."),
        ),
    }
