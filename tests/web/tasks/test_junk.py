"""Whatever is sent to the pages of tasks and wishes: an answer below 500, and nothing half done."""

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.jobs.models import Holder, Task
from tests.factories import citizens, employers, jobs, organisations
from tests.factories.accounts import acting, log_in

pytestmark = pytest.mark.django_db
JUNK = {
    "nothing": "",
    "long": "kanariefugl" * 9_000,
    "more than huge": "1e999",
    "nul": "a\0b",
    "markup": "<script>alert(1)</script>{{ x }}%(most)s %s",
    "sql": "'; drop table jobs_task; --",
}
TASK = ("name", "hours", "minutes", "times", "shortcuts", "slots", "place", "holder", "new_holder", "requires", "note")
HOLDER = ("name", "words", "occupation", "percent", "hourly", "left_on", "find")
WISH = ("hours_min", "hours_max", "shortcuts", "slots", "max_hours_per_slot", "max_km", "skills", "own_skills")
FIELDS = {
    "task_add": (*TASK, "origin", "pick", "find", "own_skills"),
    "task": (*TASK, "seen", "pick"),
    "task_demand": ("act", "origin", "seen", "standing", "lifting"),
    "task_library": ("chosen", "holder", "new_holder"),
    "tasks_import": ("rows", "makes_posts", "file"),
    "holder_add": HOLDER,
    "holder_change": (*HOLDER, "seen"),
    "work_wish": (*WISH, "seen"),
}
GOOD = {"name": "Feje", "hours": "2", "percent": "50", "hours_min": "5", "hours_max": "9", "max_hours_per_slot": "3"}


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_is_answered_and_leaves_nothing_half_done(client: Client, name: str, junk: str) -> None:
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    place = employers.workplace(company=employers.company(team=team, broker=jonas))
    post = jobs.holder(workplace=place)
    one = jobs.task(workplace=place, holder=post)
    anna = citizens.citizen(team=team, lead=jonas)
    of = {"task": one.pk, "task_demand": one.pk, "holder_change": post.pk, "work_wish": anna.pk}.get(name, place.pk)
    log_in(client, jonas)
    address = reverse(name, args=[of])
    for field in FIELDS[name]:
        for query in ("", "?group=bakery", "?set=bakery_shop"):
            response = client.post(address + query, {**GOOD, "shortcuts": ["weekday_mornings"], field: junk})
            assert response.status_code < 500, (field, query)
            if name != "task_library":
                break
    asked = dict.fromkeys((*FIELDS[name], "q", "library", "group", "set", "from", "place"), junk[:2_000])
    assert client.get(address, asked).status_code < 500
    assert client.get(reverse("tasks", args=[place.pk]), {"show": junk, "page": junk}).status_code == 200
    assert client.get(reverse("occupations_search"), {"q": junk}).status_code == 200
    with acting(jonas):
        assert not Holder.objects.filter(name="").exists()
        assert Task.objects.filter(pk=one.pk).exists()
