"""Letters on paper: tagged PDFs with fonts of our own."""

from jobbro.webkit.letters.setting import set_letter

__all__ = ["set_letter"]
