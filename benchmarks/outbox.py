"""Messages of a night: sent by mail and as files while the worker is killed; is each there once?

`jobbro bench outbox --size M`: 50,000 messages (60 % mails to a mail server on this machine, 40 % text messages as
files, which a gateway takes away meanwhile) over 10 kills by SIGKILL.

A file is exactly once, whatever dies when: it is named by its message, made whole and then renamed. A mail is at most
once: the mark that it may have been sent is committed before its content is given, so that one whose worker dies just
then is `unsure`, told and not sent again by itself. There can be one of those for each kill and no more.
"""

import json

from tests.reliability.outbox_run import Course, Figures, as_dict, run

SIZES = {"S": (2_000, 3), "M": (50_000, 10), "L": (200_000, 20)}


def main(*, size: str = "S", as_json: bool = False) -> int:
    """Run a size; 0 when nothing came twice and no file was lost or half."""
    messages, kills = SIZES[size]
    figures = run(Course(messages=messages, kills=kills))
    print(json.dumps(as_dict(figures), indent=2) if as_json else _sentence(figures))
    return 0 if figures.is_whole else 1


def _sentence(figures: Figures) -> str:
    return (
        f"{figures.messages:,} messages over {figures.kills} kills: "
        f"{figures.mails:,} mails ({figures.mails_twice} twice), "
        f"{figures.files:,} files ({figures.files_twice} twice, {figures.files_lost} lost, {figures.half_files} half); "
        f"{figures.unsure} mails unsure, {figures.unsure_that_arrived} of them had arrived\n"
        f"{figures.seconds_sending:.0f} s of sending, {figures.a_second} a second; {figures.seconds} s in all"
    )
