"""Codes of imports: what is imported, where a row stands, what can be wrong with a cell or a file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    CITIZENS = "citizens", _("Citizens")
    STAFF = "staff", _("Colleagues")
    EMPLOYERS = "employers", _("Companies")
    OPENINGS = "openings", _("Open jobs")


class BatchState(TextChoices):
    OPEN = "open", _("Waits for you")
    DONE = "done", _("Finished")


class RowState(TextChoices):
    """Where one row of the file stands; problem rows come first."""

    WRONG = "wrong", _("To be looked at")
    READY = "ready", _("Ready")
    KNOWN = "known", _("There already, left as it is")
    SKIPPED = "skipped", _("Skipped by you")
    DONE = "done", _("Imported")


class Fault(TextChoices):
    """What is wrong with one cell, said so that the person can mend it."""

    EMPTY = "empty", _("is empty and has to be filled in")
    TOO_LONG = "too_long", _("is longer than there is room for")
    FORMULA = "formula", _("contains a formula. Write the value itself")
    EXCEL_ERROR = "excel_error", _("contains an error from the spreadsheet. Write the value itself")
    CPR_DIGITS = "cpr_digits", _("has to be ten digits")
    CPR_ZERO = (
        "cpr_zero",
        _("has nine digits: the spreadsheet has probably taken the first zero away. See our suggestion"),
    )
    CPR_SCIENTIFIC = (
        "cpr_scientific",
        _("has been shortened by the spreadsheet (as in 1.01E+09). Write the ten digits"),
    )
    CPR_DATE = "cpr_date", _("does not begin with a date that exists")
    TWICE = "twice", _("stands in another row above too")
    EMAIL = "email", _("does not look like an e-mail address")
    PHONE = "phone", _("may hold digits, spaces and + only")
    PHONE_DIGITS = "phone_digits", _("has to be eight digits, or + and the number of another country")
    POSTCODE = "postcode", _("has to be four digits")
    YES_NO = "yes_no", _("has to be yes or no")
    CHANNEL = "channel", _("is not a way of contact that we know")
    ROLE = "role", _("is not a role that we know")
    UNIT = "unit", _("is not a unit that you administer")
    TEAM = "team", _("is not a team that you can import to")
    COLLEAGUE = "colleague", _("is not the username of somebody who works with citizens in the team’s unit")
    USERNAME = "username", _("may hold small letters a to z, digits and . _ @ - only")
    CVR_DIGITS = "cvr_digits", _("has to be eight digits")
    CVR_CHECK = "cvr_check", _("is not a CVR number: one of the digits is wrong")
    P_NUMBER = "p_number", _("has to be ten digits")
    P_NUMBER_OTHER = "p_number_other", _("is not the one that this workplace has already")
    COMPANY_NAME = "company_name", _("is another name than a row above gives this CVR number")
    COMPANY_CLOSED = "company_closed", _("belongs to a company that has closed. Open it again first")
    SECTOR = "sector", _("has to be private, public or association")
    CPR_TEXT = "cpr_text", _("looks as if it holds a CPR number. Write it without")
    DATE = "date", _("is not a date. Write it as 31.12.2027")
    COMPANY_UNKNOWN = "company_unknown", _("is no company of the municipality. Add the company first")
    WORKPLACE_UNKNOWN = "workplace_unknown", _("is no workplace of the company. Add the workplace first")
    WORKPLACE_NEEDED = "workplace_needed", _("has to say which one: the company has several workplaces")
    WORKPLACE_NO_PLACE = "workplace_no_place", _("has no postcode yet. Write it on the workplace first")
    HOURS = "hours", _("has to be hours a week, at most 60, for example 12,5")
    HOURS_ORDER = "hours_order", _("has to be more than none, and not fewer than the fewest hours")
    HOURS_FINE = "hours_fine", _("may have one decimal only, for example 12,5")
    HOURS_ROOM = "hours_room", _("is more than the half-days hold")
    SLOTS = "slots", _("cannot be read. Write for example “man-fre formiddag”")
    PLACES = "places", _("has to be a whole number from 1 to 10,000")
    OCCUPATION = "occupation", _("is no occupation that we know. Write its title or number as in our list")
    AREAS = "areas", _("cannot be read. Write for example “Stå 2; Løfte og bære 1”, with levels from 0 to 4")
    CLOSES_EARLY = "closes_early", _("is after the first day of work")
    CLOSES_PASSED = "closes_passed", _("has passed")
    NO_DEMAND = "no_demand", _("needs an occupation or what the job asks: without it a job cannot be opened")
    EXTRA = "extra", _("has text in cells without a heading")


class Addition(TextChoices):
    """What a row of companies or jobs will add or change, told before it is imported."""

    COMPANY = "company", _("New company")
    WORKPLACE = "workplace", _("New workplace")
    CONTACT = "contact", _("New contact")
    OPENING = "opening", _("New job")
    OPENING_CHANGE = "opening_change", _("Changes a job that is there")
    MANY_PLACES = "many_places", _("Many people: look at the number once more")


class Refusal(TextChoices):
    """Why a whole file cannot be read."""

    TOO_LARGE = (
        "too_large",
        _("The file is larger than 10 MB. Divide it, or delete sheets and pictures that are not needed."),
    )
    EMPTY = "empty", _("There is nothing in the file. Fill in the template, save it and choose it again.")
    OLD_EXCEL = (
        "old_excel",
        _("The file has a password or comes from an old Excel (.xls). Save it as .xlsx without a password."),
    )
    MACROS = (
        "macros",
        _("The file contains macros (.xlsm), which we do not open. Save it as .xlsx or CSV."),
    )
    HOSTILE = (
        "hostile",
        _("The file unpacks to far more than a spreadsheet should. Copy the rows to a new one."),
    )
    NOT_A_TABLE = (
        "not_a_table",
        _("We cannot read the file as a spreadsheet. Save it as .xlsx or CSV and choose it again."),
    )
    ENCODING = (
        "encoding",
        _("We cannot read the letters in the file. Save it as “CSV UTF-8” or .xlsx and choose it again."),
    )
    TOO_MANY_ROWS = "too_many_rows", _("The file has more than 20,000 rows. Divide it into several files.")
    TOO_MANY_COLUMNS = "too_many_columns", _("The file has more than 100 columns. Keep those of the template only.")
    TOO_MANY_SHEETS = "too_many_sheets", _("The file has more than 50 sheets. Keep the one with the rows only.")
    COLUMNS = "columns", _("The headings in the first row do not say where we find everything.")
