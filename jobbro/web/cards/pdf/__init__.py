"""The card on paper: an accessible PDF of one page."""

from .document import pdf_answer

__all__ = ["pdf_answer"]
