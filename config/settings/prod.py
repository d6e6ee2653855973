"""Settings for real use behind TLS; refuses to start with a missing key or the demo switch on."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .mail import refuse_plain_mail
from .oidc import refuse_plain_http

for _name in ("SECRET_KEY", "CPR_KEY", "CPR_LOOKUP_KEY"):
    if len(globals()[_name]) < 43:
        raise ImproperlyConfigured(f"JOBBRO_{_name} must be set to at least 32 random bytes, base64-encoded.")
if DEMO:
    raise ImproperlyConfigured("JOBBRO_DEMO prints known passwords; unset it before running with real people.")

# With the municipality's own login in place, passwords of ours are an exception that somebody decides on.
if OIDC_ENABLED:
    refuse_plain_http(globals())
refuse_plain_mail(globals())
LOCAL_LOGIN = local_login(os.environ, is_usual=False, has_provider=OIDC_ENABLED)
AUTHENTICATION_BACKENDS = backends(is_local=LOCAL_LOGIN, has_provider=OIDC_ENABLED)

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 8, "timeout": 5}
