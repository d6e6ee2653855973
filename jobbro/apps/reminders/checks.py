"""What `manage check --deploy` says of the mail."""

from typing import Any

from django.conf import settings
from django.core.checks import Info, register

NO_MAIL = (
    "Der er ikke sat en mailserver op, så der bliver ikke sendt påmindelser om frister. "
    "Sæt JOBBRO_SMTP_HOST, JOBBRO_MAIL_FROM og JOBBRO_ADDRESS; se docs/reminders.md."
)


@register("reminders", deploy=True)
def mail_is_set_up(app_configs: Any, **kwargs: Any) -> list[Info]:
    """Nothing when letters can be sent, else what to set."""
    return [] if settings.MAIL_ENABLED else [Info(NO_MAIL, id="reminders.I001")]
