"""How a course ended, on paper."""

from .document import closing_pdf

__all__ = ["closing_pdf"]
