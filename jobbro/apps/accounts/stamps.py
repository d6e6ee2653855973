"""The fields of an account that two administrators could change at the same time."""

ACCOUNT_FIELDS = ("display_name", "email", "phone", "is_active")
