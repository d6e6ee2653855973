"""Settings of the test run: fixed keys, quick password hashing, plain static files."""

from .base import *  # noqa: F403

SECRET_KEY = "test-" + "s" * 60
CPR_KEY = "dGVzdC1jcHIta2V5LXRlc3QtY3ByLWtleS10ZXN0LTA="
CPR_LOOKUP_KEY = "dGVzdC1sb29rdXAta2V5LXRlc3QtbG9va3VwLWtleS0="
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
