"""What has been told about each citizen for the schemes, what is known now, and the answers that were kept."""

from .answers import GuidanceAnswer
from .known import KnownFacts
from .told import ToldFact

__all__ = ["GuidanceAnswer", "KnownFacts", "ToldFact"]
