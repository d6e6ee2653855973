"""Support that somebody arranges by a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.placements.enums import Party
from jobbro.apps.placements.models import Arrangement
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.placements.services import arrangements as services
from jobbro.apps.placements.services.arrangements import ArrangementDraft
from jobbro.apps.placements.stamps import seen_arrangement
from tests.factories import accounts, placements

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def arrange(at: placements.Table, *, user: object = None, seen: str = "", **fields: object) -> Arrangement:
    values = {
        "measure": placements.SHOWN_MEASURE,
        "scheme": "hjaelpemidler",
        "party": Party.MUNICIPALITY,
        "who": "Jonas Bro",
        "due_on": TODAY + timedelta(days=7),
        **fields,
    }
    with accounts.acting(user or at.broker) as actor:
        return services.arrange(
            actor=actor, proposal_id=at.proposal.pk, draft=ArrangementDraft(**values), seen=seen, on=TODAY
        )


def test_support_is_arranged_once_a_measure_and_written_anew() -> None:
    at = placements.table()
    first = arrange(at)
    assert first.is_on_card
    with pytest.raises(Changed):
        arrange(at, who="Bente")
    again = arrange(at, who="Bente Bager", party=Party.EMPLOYER, seen=seen_arrangement(first))
    assert (again.pk, again.who) == (first.pk, "Bente Bager")


def test_the_company_sees_only_support_that_stands_on_the_card() -> None:
    at = placements.table()
    shown, kept = arrange(at), arrange(at, measure=placements.KEPT_MEASURE, scheme="none")
    assert not kept.is_on_card
    with accounts.acting(at.employer):
        assert [row.pk for row in Arrangement.objects.all()] == [shown.pk]
    with accounts.acting(at.citizen.user):
        assert Arrangement.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"measure": "magic"}, "measure"),
        ({"scheme": "nobody"}, "scheme"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_past"),
        ({"who": " "}, "needed"),
        ({"note": "010203-1234"}, "cpr"),
    ],
)
def test_what_cannot_be_arranged_is_refused(fields: dict, code: str) -> None:
    with pytest.raises(Refused, match=code):
        arrange(placements.table(), **fields)


def test_it_is_done_once() -> None:
    at = placements.table()
    row = arrange(at)
    with accounts.acting(at.broker) as actor:
        done = services.finish_arrangement(actor=actor, arrangement_id=row.pk, seen=seen_arrangement(row), on=TODAY)
        assert done.done_on == TODAY
        with pytest.raises(NotNow):
            services.finish_arrangement(actor=actor, arrangement_id=row.pk, seen=seen_arrangement(done), on=TODAY)


def test_only_staff_of_the_citizen_arrange() -> None:
    at, other = placements.table(), placements.table()
    for user in (at.citizen.user, at.employer):
        with pytest.raises(PermissionDenied):
            arrange(at, user=user)
    with pytest.raises(NotThere):
        arrange(at, user=other.broker)
