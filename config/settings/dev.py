"""Settings of `make demo`: one machine, plain HTTP on 127.0.0.1, keys kept beside the data."""

from jobbro.cli.keys import local_keys

from .base import *  # noqa: F403

_keys = local_keys(DATA)  # noqa: F405
SECRET_KEY = SECRET_KEY or _keys["secret"]  # noqa: F405
CPR_KEY = CPR_KEY or _keys["cpr"]  # noqa: F405
CPR_LOOKUP_KEY = CPR_LOOKUP_KEY or _keys["cpr_lookup"]  # noqa: F405
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 6, "timeout": 5}  # noqa: F405
