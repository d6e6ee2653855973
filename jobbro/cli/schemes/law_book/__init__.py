"""The rules as a law book in Danish: one Markdown page a scheme, written from the rule package alone."""

from jobbro.cli.schemes.law_book.pages import law_book

__all__ = ["law_book"]
