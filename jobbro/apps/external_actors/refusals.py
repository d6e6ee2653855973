"""Why an act was not done; the pages have the words."""

from uuid import UUID

from jobbro.apps.employers.refusals import NotNow, NotThere, Refused

__all__ = ["HeldAlready", "NotNow", "NotThere", "Refused"]


class HeldAlready(Exception):
    """The municipality works with this organisation already."""

    def __init__(self, *, external_actor_id: UUID, name: str) -> None:
        super().__init__(str(external_actor_id))
        self.external_actor_id, self.name = external_actor_id, name
