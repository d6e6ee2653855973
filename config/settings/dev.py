"""Settings of `make demo`: one machine, plain HTTP on 127.0.0.1, keys kept beside the data."""

from jobbro.cli.keys import local_keys
from jobbro.webkit.measuring import is_measuring

from .base import *  # noqa: F403

_keys = local_keys(DATA)
SECRET_KEY = SECRET_KEY or _keys["secret"]
CPR_KEY = CPR_KEY or _keys["cpr"]
CPR_LOOKUP_KEY = CPR_LOOKUP_KEY or _keys["cpr_lookup"]
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 6, "timeout": 5}
if is_measuring():
    MIDDLEWARE = ["jobbro.webkit.measuring.MeasuringMiddleware", *MIDDLEWARE]
