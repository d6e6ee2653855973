"""Writes of accounts: logging in, preferences, colleagues and their roles."""

from .login import (
    Login,
    PasswordRefused,
    change_password,
    choose_first_password,
    note_logged_in,
    note_logged_out,
    try_login,
)
from .preferences import set_easy, set_language

__all__ = [
    "Login",
    "PasswordRefused",
    "change_password",
    "choose_first_password",
    "note_logged_in",
    "note_logged_out",
    "set_easy",
    "set_language",
    "try_login",
]
