"""Files to fill in: the headings and one example row. Nothing in them can be taken for a formula."""

import csv
import io

import openpyxl
from openpyxl.utils import get_column_letter

from .columns import COLUMNS
from .enums import Kind

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_template(*, kind: Kind) -> bytes:
    """CSV as Danish Excel opens it: semicolons, UTF-8 with its mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(_rows(kind))
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(*, kind: Kind) -> bytes:
    """XLSX in which every cell is text, so that no zero and no digit is lost when it is filled in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    for number, row in enumerate(_rows(kind), start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=place)
            cell.value, cell.data_type, cell.number_format = value, "s", "@"
    for place in range(1, len(COLUMNS[kind]) + 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.number_format, column.width = "@", 22
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def safe_cell(text: str) -> str:
    """The text so that a spreadsheet shows it and never computes it."""
    return "'" + text if text.startswith(FORMULA_SIGNS) else text


def _rows(kind: Kind) -> list[list[str]]:
    columns = COLUMNS[kind]
    return [[safe_cell(column.heading) for column in columns], [safe_cell(column.example) for column in columns]]
