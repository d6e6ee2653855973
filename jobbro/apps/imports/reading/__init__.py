"""Spreadsheets as plain text, whoever made them: CSV or XLSX in, rows of strings out."""

from .files import read_table
from .tables import ROW_LIMIT, Table, TextRow, Unreadable

__all__ = ["ROW_LIMIT", "Table", "TextRow", "Unreadable", "read_table"]
