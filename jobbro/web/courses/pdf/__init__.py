"""The certificate of a course on paper."""

from .document import certificate

__all__ = ["certificate"]
