"""Writes of accounts: logging in, preferences, colleagues and their roles."""

from jobbro.apps.accounts.oidc import ProviderAway, Refusal, Return

from .connecting import (
    SubjectTaken,
    connect_login,
)
from .login import (
    Login,
    PasswordRefused,
    ProviderLogin,
    change_password,
    choose_first_password,
    note_logged_in,
    note_logged_out,
    try_login,
    try_provider_login,
)
from .preferences import (
    set_easy,
    set_language,
)
from .staff import (
    LastAdministrator,
    NewEmployee,
    NewPosition,
    OneselfRefused,
    RoleHeldAlready,
    TeamElsewhere,
    UsernameTaken,
    add_employee,
    add_employees,
    change_employee,
    close_account,
    end_role,
    end_service,
    give_role,
    hand_out_password,
    open_account,
    usernames_taken,
)

__all__ = [
    "LastAdministrator",
    "Login",
    "NewEmployee",
    "NewPosition",
    "OneselfRefused",
    "PasswordRefused",
    "ProviderAway",
    "ProviderLogin",
    "Refusal",
    "Return",
    "RoleHeldAlready",
    "SubjectTaken",
    "TeamElsewhere",
    "UsernameTaken",
    "add_employee",
    "add_employees",
    "change_employee",
    "change_password",
    "choose_first_password",
    "close_account",
    "connect_login",
    "end_role",
    "end_service",
    "give_role",
    "hand_out_password",
    "note_logged_in",
    "note_logged_out",
    "open_account",
    "set_easy",
    "set_language",
    "try_login",
    "try_provider_login",
    "usernames_taken",
]
