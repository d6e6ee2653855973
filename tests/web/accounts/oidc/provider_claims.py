"""What the identity provider of the tests says of people; it can be read only when that provider has its settings."""

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator

from .provider import PEOPLE


class Claims(OAuth2Validator):
    """Puts level and organisation beside `sub`."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, str]:
        name = request.user.username
        return {"sub": name, **PEOPLE[name]}
