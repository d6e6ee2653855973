"""The page of data sources: for everybody, in both languages, with everyone who is to be named."""

import pytest
from django.test import Client

from jobbro.engines.occupations.occupations import attributions
from tests.factories import accounts, employers

pytestmark = pytest.mark.django_db
NAMED = ("O*NET", "ESCO", "STAR", "GeoNames", "CC BY 4.0", "Open Database License 1.0", "IBM Plex Sans", "SIL Open")


@pytest.mark.parametrize("language", ["da", "en"])
def test_everyone_is_named_in_both_languages(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/data-sources/").content.decode()
    assert [name for name in NAMED if name not in page] == []
    for source in attributions():
        assert source.url in page
    assert "DAWA" in page
    assert 'href="/schemes/"' in page


def test_staff_reach_it_from_the_footer(client: Client) -> None:
    desk = accounts.log_in(client, employers.job_broker())
    assert 'href="/data-sources/"' in desk.get("/help/").content.decode()
    assert desk.get("/data-sources/").status_code == 200
