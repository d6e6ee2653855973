"""Files of every make are read alike; hostile ones are refused with a reason."""

import io
import zipfile

import pytest

from jobbro.apps.imports.columns import ColumnsMissing, codes_of, values_of
from jobbro.apps.imports.enums import Kind, Refusal
from jobbro.apps.imports.reading import Table, Unreadable, read_table
from jobbro.apps.imports.templates import csv_template, safe_cell, xlsx_template
from tests.factories import imports

LIMIT = 10 * 1024 * 1024
ROWS = imports.people(3)


def read(file: io.BytesIO) -> Table:
    return read_table(file=file, limit=LIMIT)


def refused(file: io.BytesIO) -> Refusal:
    with pytest.raises(Unreadable) as raised:
        read(file)
    return raised.value.code


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_every_make_says_the_same(delimiter: str, encoding: str) -> None:
    table = read(imports.csv_file(ROWS, delimiter=delimiter, encoding=encoding))
    assert table.header == imports.HEADER
    assert [row.cells for row in table.rows] == [row[:4] for row in ROWS]
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_xlsx_says_the_same_as_csv() -> None:
    assert read(imports.xlsx_file(ROWS)) == read(imports.csv_file(ROWS))


def test_excels_own_separator_line_and_empty_rows_are_passed_over() -> None:
    table = read(io.BytesIO(b"sep=;\r\n\r\nCPR;Fornavn\r\n;;\r\n0101900000;Anna\r\n"))
    assert table.header == ("CPR", "Fornavn")
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("0101900000", "Anna"))]


def test_numbers_dates_and_truth_come_as_people_write_them() -> None:
    from datetime import date

    table = read(imports.xlsx_file([(102031234, 10203123.0, date(2027, 1, 31), True, 1.5)]))
    assert table.rows[0].cells == ("102031234", "10203123", "31-01-2027", "ja", "1.5")


def test_a_formula_is_told_as_one_and_never_evaluated() -> None:
    table = read(imports.xlsx_file([("=1+1", '=HYPERLINK("http://x")', "Lund")]))
    assert table.rows[0].cells[:2] == ("=1+1", '=HYPERLINK("http://x")')


def test_a_quoted_cell_may_hold_the_separator_and_a_new_line() -> None:
    table = read(io.BytesIO(b'CPR;Navn\n1;"Lund; ""A""\nB"\n'))
    assert table.rows[0].cells == ("1", 'Lund; "A"\nB')


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    assert refused(imports.zip_bomb()) == Refusal.HOSTILE


def test_a_zip_bomb_below_the_size_is_refused_by_its_ratio() -> None:
    assert refused(imports.zip_bomb(megabytes=20)) == Refusal.HOSTILE


def test_a_zip_bomb_that_lies_is_refused_while_unpacking() -> None:
    assert refused(imports.lying_bomb()) in (Refusal.HOSTILE, Refusal.NOT_A_TABLE)


def test_many_members_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(1_001):
            archive.writestr(f"xl/{number}.xml", b"")
        archive.writestr("xl/workbook.xml", b"")
    file.seek(0)
    assert refused(file) == Refusal.HOSTILE


def test_many_sheets_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", b"")
        for number in range(51):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"")
    file.seek(0)
    assert refused(file) == Refusal.TOO_MANY_SHEETS


def test_entities_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha">]><sst>&a;</sst>'
    assert refused(imports.with_member(imports.xlsx_file(ROWS), name="xl/sharedStrings.xml", content=laughs)) == (
        Refusal.HOSTILE
    )


def test_macros_are_refused() -> None:
    assert refused(imports.with_member(imports.xlsx_file(ROWS), name="xl/vbaProject.bin", content=b"x")) == (
        Refusal.MACROS
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Refusal.EMPTY),
        (b"  \r\n \n", Refusal.EMPTY),
        (b";;;\r\n;;\r\n", Refusal.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refusal.OLD_EXCEL),
        (b"PK\x03\x04" + b"x" * 200, Refusal.NOT_A_TABLE),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), Refusal.NOT_A_TABLE),
        (b"CPR;Navn\r\n\x81\x8d;x\r\n", Refusal.ENCODING),
        (b"\xff\xfea", Refusal.ENCODING),
        (b'CPR;Navn\r\n1;"' + b"x" * 200_000, Refusal.NOT_A_TABLE),
        (b"a;" * 101 + b"a\r\n", Refusal.TOO_MANY_COLUMNS),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, code: Refusal) -> None:
    assert refused(io.BytesIO(content)) == code


def test_a_file_over_the_limit_is_refused_without_reading_it_whole() -> None:
    class Endless(io.BytesIO):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked = size
            return b"a" * size

    file = Endless()
    assert refused(file) == Refusal.TOO_LARGE
    assert file.asked == LIMIT + 1


def test_more_than_twenty_thousand_rows_are_refused() -> None:
    assert refused(io.BytesIO(b"CPR\r\n" + b"1\r\n" * 20_001)) == Refusal.TOO_MANY_ROWS
    assert len(read(io.BytesIO(b"CPR\r\n" + b"1\r\n" * 20_000)).rows) == 20_000


def test_a_row_far_down_does_not_make_a_million_rows() -> None:
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>CPR</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    file = imports.with_member(imports.xlsx_file(ROWS), name="xl/worksheets/sheet1.xml", content=sheet)
    assert refused(file) == Refusal.TOO_MANY_ROWS


@pytest.mark.parametrize(
    "header", [("cpr nr.", "FORNAVN", "efternavn"), ("CPR", "Navn"), ("Last name", "first_name", "CPR Number")]
)
def test_headings_are_known_by_many_names(header: tuple[str, ...]) -> None:
    assert "cpr" in codes_of(kind=Kind.CITIZENS, header=header)


def test_missing_and_repeated_headings_are_named() -> None:
    with pytest.raises(ColumnsMissing) as raised:
        codes_of(kind=Kind.CITIZENS, header=("Fornavn", "Alder", "Tlf", "Mobil"))
    assert [column.code for column in raised.value.missing] == ["cpr", "family_name"]
    assert [column.code for column in raised.value.twice] == ["phone"]


def test_a_whole_name_is_divided_before_the_last_word() -> None:
    codes = codes_of(kind=Kind.CITIZENS, header=("CPR", "Navn"))
    assert values_of(codes=codes, cells=("1", "Anna Mie Lund"))["given_name"] == "Anna Mie"
    assert "family_name" not in values_of(codes=codes, cells=("1", "Anna"))


@pytest.mark.parametrize("kind", list(Kind))
def test_the_templates_are_what_we_read(kind: Kind) -> None:
    text, book = read(io.BytesIO(csv_template(kind=kind))), read(io.BytesIO(xlsx_template(kind=kind)))
    assert text == book
    assert all(codes_of(kind=kind, header=text.header))


def test_the_template_has_text_cells_only() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx_template(kind=Kind.CITIZENS)))
    assert {cell.data_type for row in book.active for cell in row} == {"s"}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx"])
def test_nothing_exported_can_be_taken_for_a_formula(text: str) -> None:
    assert safe_cell(text) == "'" + text
