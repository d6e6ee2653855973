"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
application = get_wsgi_application()

# Before the processes are forked, which then share them: nobody's first list of jobs waits for compiled loops to load.
from jobbro.engines.matching.warming import warm_up  # noqa: E402 - Django is set up first

warm_up()
