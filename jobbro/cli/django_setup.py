"""Django made ready for one command; engine commands never come here."""

import os

SETTINGS = "config.settings.dev"


def start_django(*, database_url: str | None = None) -> None:
    """Django is set up on the database of the environment, or on the one given (the owner's, for migrations)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if database_url is not None:
        os.environ["DATABASE_URL"] = database_url
    import django

    django.setup()
