"""Models: nothing left to migrate, and every row about a person can be narrowed to an actor."""

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Model
from django.utils import translation

from jobbro.apps.accounts.actor import Actor


def _about_persons() -> list[type[Model]]:
    """Managed models of ours with a citizen, and the citizen itself."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("jobbro.") and m._meta.managed]
    return [m for m in ours if m.__name__ == "Citizen" or any(f.attname == "citizen_id" for f in m._meta.fields)]


def test_no_migration_is_left_to_make() -> None:
    written = MigrationLoader(None)
    # As `makemigrations` does: in migrations the labels of codes stand untranslated.
    with translation.override(None):
        now = ProjectState.from_apps(apps)
        wanted = MigrationAutodetector(written.project_state(), now).changes(graph=written.graph)
    left = [
        f"{app}: {operation.describe()}"
        for app, migrations in wanted.items()
        for migration in migrations
        for operation in migration.operations
    ]
    assert left == []


def test_persons_are_found() -> None:
    names = {model.__name__ for model in _about_persons()}
    assert names >= {"Citizen", "Contact", "Consent", "Case", "Note", "Dialogue", "Answer", "Agreement", "Plan"}


@pytest.mark.parametrize("model", _about_persons(), ids=lambda model: model.__name__)
def test_rows_about_persons_can_be_narrowed_to_an_actor(model: type[Model]) -> None:
    visible_to = getattr(model._default_manager, "visible_to", None)
    assert visible_to is not None, f"{model.__name__} has no visible_to(actor)"
    assert visible_to.__annotations__.get("actor") in (Actor, "Actor")
