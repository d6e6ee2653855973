"""Guides for hiring managers: short, plain, tied to needs and phases of a job, never to a diagnosis."""

from jobbro.apps.employers.guides.reading import guides, read_guides
from jobbro.apps.employers.guides.records import Guide, GuideLine, Guides, Named, Texts

__all__ = ["Guide", "GuideLine", "Guides", "Named", "Texts", "guides", "read_guides"]
