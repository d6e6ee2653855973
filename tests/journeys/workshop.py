"""Journeys of partners: a screen in somebody's hands, the worker, and what an answer and a letter must be."""

import io
import json
import os
import re
import subprocess
import sys

import pikepdf
from playwright.sync_api import Locator, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.jobs.carving_input import engine_workplace
from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedJob, Carving
from jobbro.engines.carving.verifying import verify
from jobbro.engines.carving.writing import parse_answer
from tests.browser import Watched
from tests.factories.accounts import acting
from tests.journeys import bakery
from tests.journeys.bakery import BakeryTask
from tests.journeys.keyboard import Keyboard

WORKER = (sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot")
WORKER_SECONDS = 60
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Desk:
    """A screen in somebody's hands; the first page of each kind is looked at, as every page must be."""

    def __init__(self, screen: Watched) -> None:
        self.screen, self.page, self.keys = screen, screen.page, Keyboard(screen.page)
        self._met: set[str] = set()

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def arrives(self, heading: str) -> None:
        """The page with this heading is there."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self.page.wait_for_load_state()
        kind = _ID.sub("ID", self.page.url)
        if kind not in self._met:
            self._met.add(kind)
            self.screen.check()

    def told(self, words: str) -> None:
        """The page answers the last act with these words."""
        expect(self.page.locator("#messages")).to_contain_text(words)

    def follows(self, link: str | re.Pattern[str], *, heading: str) -> None:
        self.main.get_by_role("link", name=link, exact=isinstance(link, str)).first.click()
        self.arrives(heading)

    def presses(self, button: str | re.Pattern[str]) -> None:
        self.main.get_by_role("button", name=button, exact=isinstance(button, str)).first.click()

    def writes(self, **fields: str) -> None:
        """Texts into the fields of these names."""
        for name, text in fields.items():
            self.main.locator(f"[name={name}]").fill(text)


def type_task(desk: Desk, task: BakeryTask) -> None:
    """The task typed in the form without touching the screen, and sent."""
    keys, page = desk.keys, desk.page
    keys.write("Hvad bliver gjort?", task.picked or task.name)
    if task.picked:
        expect(page.get_by_role("button", name=task.name, exact=True)).to_be_visible()
        keys.press("button", task.name)
        expect(page.locator(".saved")).to_contain_text("Udfyldt fra biblioteket")
    keys.write("Hvor mange timer om ugen?", task.hours)
    for times in (bakery.MORNINGS, bakery.AFTERNOONS):
        if page.get_by_role("checkbox", name=times).is_checked() != (times in task.times):
            keys.tab_to("checkbox", times)
            page.keyboard.press("Space")
    keys.select("Hvem gør det i dag?", task.post)
    keys.press("button", "Gem og næste opgave")


def work_until_done() -> None:
    """The worker's own process does all that waits, and ends."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    done = subprocess.run(WORKER, env=environment, capture_output=True, text=True, timeout=WORKER_SECONDS, check=False)
    assert done.returncode == 0, done.stderr


def search(desk: Desk, *, seconds: str) -> None:
    """The order is sent, the worker takes it, and the page shows what it found without anybody reloading it."""
    desk.main.get_by_label(seconds).check()
    desk.presses("Begynd søgningen")
    found_by_worker(desk)


def found_by_worker(desk: Desk) -> None:
    """The worker takes the order that was sent, and the page shows what it found by itself."""
    expect(desk.main).to_contain_text("Søgningen venter på tur")
    desk.screen.check()
    work_until_done()
    desk.arrives("Det fandt søgningen")


def answer_holds(user: User) -> None:
    """A second reading of the contract finds nothing against any suggestion of the newest search."""
    with acting(user):
        row = Carving.objects.order_by("-started_at")[0]
        persons = list(row.persons.order_by("key").values_list("person_input", flat=True))
    if row.is_for_profile:
        keys = [job["person"] for job in row.answer["suggestions"][0]["jobs"]]
        persons = [{**row.answer["profile"], "id": key} for key in keys]
    asked = engine_workplace(half=row.workplace_input, persons=persons)
    assert row.answer["suggestions"]
    for suggestion in row.answer["suggestions"]:
        found = parse_answer(json.dumps(suggestion).encode(), file="answer")
        assert verify(asked, found) == ()
        assert found.value <= found.bound


def take_both(desk: Desk) -> None:
    """The two jobs of the best suggestion are drafts, and stand in the list."""
    desk.presses("Tag alle job")
    desk.arrives("Job af udvalgte opgaver")
    expect(desk.main.get_by_role("row", name=re.compile("Udkast"))).to_have_count(2)


def propose_both(desk: Desk) -> None:
    """From the page of one draft: it is proposed, and then the other; what the employer will see stands before."""
    for _job in range(2):
        desk.follows("Foreslå det til arbejdsgiveren", heading="Foreslå arbejdsgiveren jobbet")
        desk.presses("Foreslå det til arbejdsgiveren")
        desk.told("Jobbet er foreslået. Arbejdsgiveren kan se det og svare.")
        desk.follows("Tilbage til jobbene", heading="Job af udvalgte opgaver")
        draft = desk.main.get_by_role("row", name=re.compile("Udkast"))
        if draft.count():
            draft.get_by_role("link").click()
    expect(desk.main.get_by_text("Foreslået arbejdsgiveren")).to_have_count(2)


def say_yes_to_both(owner: Desk, *, company: str, name: str) -> None:
    """From the company's front page: each proposal is read and agreed to, with its receipt."""
    for waiting in (2, 1):
        expect(owner.main.get_by_role("link", name=re.compile("^Læs "))).to_have_count(waiting)
        owner.main.get_by_role("link", name=re.compile("^Læs ")).first.click()
        owner.page.wait_for_load_state()
        owner.screen.check()
        owner.presses("Ja, det vil vi gerne")
        owner.arrives("Tak, I har sagt ja")
        expect(owner.main).to_contain_text(name)
        owner.follows("Tilbage til forsiden", heading=company)


def both_are_agreed_and_printed(desk: Desk, *, by: User, words: tuple[str, ...], silent_about: tuple[str, ...]) -> None:
    """The jobs are agreed, and each has its letter with its title, what it is, and these words and without those."""
    with acting(by):
        jobs = list(CarvedJob.objects.all())
    assert [CarvedState(job.state) for job in jobs] == [CarvedState.AGREED, CarvedState.AGREED]
    for job in jobs:
        told = (job.title, *filter(None, job.description.splitlines()), *words)
        _letter_is_right(desk, job=job, by=by, words=told, silent_about=silent_about)


def _letter_is_right(
    desk: Desk, *, job: CarvedJob, by: User, words: tuple[str, ...], silent_about: tuple[str, ...]
) -> None:
    """One tagged page with a title, in Danish, with the tasks and these words and without those."""
    with acting(by):
        tasks = tuple(job.tasks.values_list("task__name", flat=True))
    answer = desk.page.context.request.get(f"/carved-jobs/{job.pk}/proposal.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang).startswith("da")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        about = pdf.open_metadata()
        assert str(about.get("pdfuaid:part")) == "1"
        assert about.get("dc:title")
        told = words_in(pdf)
    assert tasks
    assert [one for one in (*words, *tasks) if _bare(one) not in told] == []
    assert [one for one in silent_about if _bare(one) in told] == []


def words_in(pdf: pikepdf.Pdf) -> str:
    """What the pages say to somebody who copies them, without spaces, so that no line break matters."""
    return _bare("".join(_said(page) for page in pdf.pages))


def _said(page: pikepdf.Page) -> str:
    said: list[str] = []
    letters: dict[str, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = _letters(page.Resources.Font[str(operands[0])])
        elif str(operator) in ("Tj", "TJ"):
            for part in operands[0] if str(operator) == "TJ" else operands:
                if isinstance(part, pikepdf.String):
                    code = bytes(part).hex()
                    said += [letters.get(code[at : at + 4], "") for at in range(0, len(code), 4)]
    return "".join(said)


def _letters(font: pikepdf.Object) -> dict[str, str]:
    """What each two-byte code of the font means, from its own table."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[str, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[code.lower()] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[f"{int(first, 16) + step:04x}"] = chr(int(text, 16) + step)
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s|\u00ad", "", text)
