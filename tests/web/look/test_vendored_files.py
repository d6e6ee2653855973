"""Vendored files are the ones we read and listed, and nothing else lies beside them."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = {
    "static": ROOT / "jobbro/web/static/vendor",
    "tests": ROOT / "tests/vendor",
}
PACKAGES = [
    pytest.param(folder / f"{package['name']}-{package['version']}", package, id=package["name"])
    for folder in FOLDERS.values()
    for package in json.loads((folder / "vendor.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("folder", "package"), PACKAGES)
def test_files_are_those_listed(folder: Path, package: dict[str, Any]) -> None:
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found == package["files"]


@pytest.mark.parametrize(("folder", "package"), PACKAGES)
def test_licence_is_beside_the_files(folder: Path, package: dict[str, Any]) -> None:
    assert package["licence"]
    assert any(name.split("/")[-1].startswith("LICENSE") for name in package["files"])


@pytest.mark.parametrize("sheet", sorted((ROOT / "jobbro/web/static").rglob("*.css")), ids=lambda sheet: sheet.name)
def test_style_sheets_name_only_files_that_are_here(sheet: Path) -> None:
    addresses = re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text(encoding="utf-8"))
    assert [address for address in addresses if not (sheet.parent / address).is_file()] == []


@pytest.mark.parametrize(
    "file",
    [path for path in sorted((ROOT / "jobbro/web/static").rglob("*")) if path.suffix in {".js", ".css"}],
    ids=lambda file: file.name,
)
def test_no_source_map_is_named_that_is_not_here(file: Path) -> None:
    assert "sourceMappingURL" not in file.read_text(encoding="utf-8")


def test_all_static_files_can_be_collected_with_a_manifest(tmp_path: Path, settings: Any) -> None:
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
    from django.core.files.storage import FileSystemStorage

    source = FileSystemStorage(location=ROOT / "jobbro/web/static")
    names = [str(path.relative_to(source.location)) for path in Path(source.location).rglob("*") if path.is_file()]
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    for name in names:
        with source.open(name) as opened:
            storage.save(name, opened)
    results = list(storage.post_process({name: (storage, name) for name in names}))
    assert [name for name, _, processed in results if isinstance(processed, Exception)] == []
    assert storage.hashed_files["jobbro/jobbro.css"].startswith("jobbro/jobbro.")
