"""`jobbro remind`: the reminders of a day, by hand or from a timer where no worker runs."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from typing import TYPE_CHECKING

from jobbro.cli.database import running_database
from jobbro.cli.django_setup import start_django

if TYPE_CHECKING:
    from jobbro.apps.reminders.services import Delivery, Outlook


def add_arguments(parser: ArgumentParser) -> None:
    """Which day, and whether to count only."""
    parser.add_argument("--on", type=_day, default=None, help="the day to remind of, as 2026-12-31 (today)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be sent; send and keep nothing")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day; write it as 2026-12-31") from None


def run(options: Namespace) -> int:
    """0 when all that could be sent is; 1 without a mail server, or when something was not sent."""
    with running_database():
        start_django()
        return remind(on=options.on, is_trial=options.dry_run)


def remind(*, on: date | None, is_trial: bool) -> int:
    """Count, and unless it is a trial send; Django is set up."""
    from django.conf import settings
    from django.utils import timezone

    from jobbro.apps.reminders.checks import NO_MAIL
    from jobbro.apps.reminders.services import make_digests, send_digests

    at = timezone.now()
    day = on or timezone.localdate(at)
    if not settings.MAIL_ENABLED:
        print(NO_MAIL, file=sys.stdout if is_trial else sys.stderr)
        if not is_trial:
            return 1
    outlook = make_digests(on=day, at=at, is_trial=is_trial)
    _say_outlook(outlook, day=day, is_trial=is_trial)
    if is_trial:
        return 0
    done = send_digests(on=day, clock=timezone.now)
    return _say_delivery(done)


def _say_outlook(outlook: "Outlook", *, day: date, is_trial: bool) -> None:
    first = "Prøve: der bliver ikke sendt noget. " if is_trial else ""
    print(f"{first}Påmindelser for den {day:%d.%m.%Y}:")
    lines = (
        (outlook.told, "har noget at blive mindet om"),
        (outlook.nothing, "har ingen frister at blive mindet om"),
        (outlook.made_before, "har fået lavet dagens påmindelse før"),
        (outlook.no_mail, "har sagt nej til mails"),
        (outlook.no_address, "har ingen mailadresse"),
        (outlook.unread, "kunne ikke tælles; se loggen, der prøves igen næste gang"),
    )
    for number, words in lines:
        if number:
            print(f"  {number} {'medarbejder' if number == 1 else 'medarbejdere'} {words}")
    totals = outlook.totals
    if outlook.told:
        print(
            f"  I alt: {totals.late} overskredne frister, {totals.soon} inden for 7 dage, {totals.steps} næste skridt, "
            f"{totals.undated} uden dag, {totals.team_late} længe overskredne meldt til teamledere."
        )


def _say_delivery(done: "Delivery") -> int:
    from jobbro.apps.reminders.enums import State

    print(f"Sendt: {done[State.SENT]}.")
    words = {
        State.WAITING: "venter og bliver prøvet igen",
        State.FAILED: "blev afvist af mailserveren",
        State.UNSURE: "var på vej, da forbindelsen eller programmet stoppede; de sendes ikke igen for den dag",
        State.CALLED_OFF: "er ikke længere ønsket",
        State.LAPSED: "fra tidligere dage blev ikke nået",
    }
    for state, text in words.items():
        if done[state]:
            print(f"  {done[state]} {text}.")
    if done.is_server_away:
        print(
            "Mailserveren svarer ikke eller afviser vores login. Se JOBBRO_SMTP_* og docs/reminders.md.",
            file=sys.stderr,
        )
    return 1 if done[State.WAITING] or done[State.FAILED] else 0
