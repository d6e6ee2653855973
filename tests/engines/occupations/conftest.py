"""The shipped table, whatever the developer has imported; and the raw files when they are on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobbro.engines.occupations.occupations import FOLDER_SETTING, USE_SHIPPED

EXTRACT = Path(__file__).with_name("extract")
RAW_SETTING = "JOBBRO_OCCUPATION_SOURCES"


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(FOLDER_SETTING, USE_SHIPPED)
    yield


@pytest.fixture(scope="session")
def raw() -> Path:
    """The folder of the raw files; they are too large to be kept with the project."""
    folder = Path(os.environ.get(RAW_SETTING, ""))
    if not (folder / "onet_data.csv").is_file():
        pytest.skip(f"the raw files are not on this machine; {RAW_SETTING} names their folder")
    return folder
