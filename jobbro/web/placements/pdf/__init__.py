"""The agreement on paper: an accessible PDF."""

from .document import pdf_answer

__all__ = ["pdf_answer"]
