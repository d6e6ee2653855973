"""Settings of writers that are killed under: one connection each, made again at once and not when a pool gets to it."""

from config.settings.dev import *  # noqa: F403

DATABASES["default"]["OPTIONS"].pop("pool")  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = None  # noqa: F405
