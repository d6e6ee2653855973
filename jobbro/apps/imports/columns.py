"""The columns of an import, under all the names that people give them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import Kind


@dataclass(frozen=True)
class Column:
    """One column: its code, its name on screen and in the template, how long a value may be, other names."""

    code: str
    label: str | Promise
    heading: str
    example: str
    length: int
    is_required: bool = False
    synonyms: tuple[str, ...] = ()


CITIZENS = (
    Column(
        "cpr",
        _("CPR number"),
        "CPR-nummer",
        "010190-0000",
        11,
        True,
        ("cpr", "cprnr", "cprnummer", "personnummer", "personnr", "cpr number", "civil registration number"),
    ),
    Column(
        "given_name",
        _("Given name"),
        "Fornavn",
        "Anna",
        80,
        True,
        ("fornavn", "fornavne", "given name", "first name", "firstname"),
    ),
    Column(
        "family_name",
        _("Family name"),
        "Efternavn",
        "Lund",
        80,
        True,
        ("efternavn", "efternavne", "slægtsnavn", "family name", "last name", "lastname", "surname"),
    ),
    Column(
        "address",
        _("Address"),
        "Adresse",
        "Prøvevej 1",
        120,
        False,
        ("adresse", "vejnavn", "vej", "gade", "address", "street"),
    ),
    Column(
        "postcode",
        _("Postcode"),
        "Postnummer",
        "9999",
        4,
        False,
        ("postnummer", "postnr", "post nr", "postcode", "zip", "zip code", "postal code"),
    ),
    Column("city", _("City"), "By", "Prøvekøbing", 60, False, ("by", "bynavn", "postdistrikt", "city", "town")),
    Column(
        "phone",
        _("Telephone"),
        "Telefon",
        "12 34 56 78",
        20,
        False,
        ("telefon", "telefonnummer", "tlf", "tlfnr", "mobil", "mobilnummer", "phone", "telephone", "mobile"),
    ),
    Column(
        "email",
        _("E-mail"),
        "E-mail",
        "anna@example.org",
        254,
        False,
        ("email", "mail", "e-mail", "mailadresse", "e-mailadresse", "e-post", "email address"),
    ),
    Column(
        "channel",
        _("How to contact"),
        "Kontaktform",
        "Telefon",
        40,
        False,
        ("kontaktform", "kanal", "foretrukken kontakt", "channel", "contact", "how to contact"),
    ),
    Column(
        "interpreter", _("Interpreter"), "Tolk", "Dansk tegnsprog", 60, False, ("tolk", "tolkebehov", "interpreter")
    ),
    Column(
        "companion",
        _("Companion"),
        "Bisidder",
        "Søsteren Karen",
        120,
        False,
        ("bisidder", "ledsager", "pårørende", "companion"),
    ),
    Column(
        "is_protected",
        _("Protected name and address"),
        "Navne- og adressebeskyttet",
        "nej",
        5,
        False,
        (
            "navneogadressebeskyttet",
            "beskyttet",
            "adressebeskyttet",
            "navne og adressebeskyttelse",
            "adressebeskyttelse",
            "protected",
            "protected name and address",
        ),
    ),
    Column("is_easy", _("Easy to read"), "Letlæst", "nej", 5, False, ("letlæst", "easy", "easy to read")),
    Column("team", _("Team"), "Team", "Team Havn", 120, False, ("team", "hold", "miniteam", "mini team")),
    Column(
        "lead",
        _("Contact person (username)"),
        "Kontaktperson",
        "meho",
        80,
        False,
        ("kontaktperson", "sagsbehandler", "jobkonsulent", "brugernavn", "contact person", "caseworker"),
    ),
)
STAFF = (
    Column(
        "username",
        _("Username"),
        "Brugernavn",
        "meho",
        80,
        True,
        ("brugernavn", "bruger", "initialer", "login", "username", "user name", "user", "initials"),
    ),
    Column(
        "display_name",
        _("Name"),
        "Navn",
        "Mette Holm",
        120,
        True,
        ("navn", "fulde navn", "medarbejder", "name", "full name", "employee"),
    ),
    Column(
        "email",
        _("E-mail"),
        "E-mail",
        "meho@example.org",
        254,
        False,
        ("email", "mail", "e-mail", "mailadresse", "e-mailadresse", "email address"),
    ),
    Column(
        "phone",
        _("Telephone"),
        "Telefon",
        "12 34 56 78",
        20,
        False,
        ("telefon", "telefonnummer", "tlf", "tlfnr", "mobil", "phone", "telephone", "mobile"),
    ),
    Column(
        "role", _("Role"), "Rolle", "Sagsbehandler", 40, True, ("rolle", "stilling", "funktion", "role", "position")
    ),
    Column("unit", _("Unit"), "Enhed", "Job og Støtte", 120, True, ("enhed", "afdeling", "unit", "department")),
    Column("team", _("Team"), "Team", "Team Havn", 120, False, ("team", "hold", "miniteam", "mini team")),
    Column(
        "from_on",
        _("First day"),
        "Startdato",
        "01-01-2027",
        10,
        False,
        ("startdato", "første dag", "fra", "start", "from", "first day", "start date"),
    ),
)
EMPLOYERS = (
    Column(
        "cvr",
        _("CVR number"),
        "CVR-nummer",
        "99000007",
        14,
        True,
        ("cvr", "cvrnr", "cvrnummer", "virksomhedsnummer", "cvr number", "company number", "vat", "vat number"),
    ),
    Column(
        "name",
        _("Company"),
        "Virksomhed",
        "Bageriet Kornblomst",
        120,
        True,
        ("virksomhed", "virksomhedsnavn", "firma", "firmanavn", "navn", "company", "company name", "name"),
    ),
    Column(
        "sector",
        _("Sector"),
        "Sektor",
        "privat",
        30,
        False,
        ("sektor", "ejerforhold", "offentlig privat", "sector"),
    ),
    Column(
        "p_number",
        _("P-number"),
        "P-nummer",
        "1000000000",
        14,
        False,
        ("pnummer", "pnr", "p nr", "produktionsenhed", "produktionsenhedsnummer", "p number", "production unit"),
    ),
    Column(
        "workplace",
        _("Workplace"),
        "Arbejdsplads",
        "Butikken på Torvet",
        120,
        False,
        ("arbejdsplads", "arbejdssted", "afdeling", "produktionsenhedsnavn", "workplace", "branch", "site"),
    ),
    Column(
        "address",
        _("Address"),
        "Adresse",
        "Prøvevej 1",
        120,
        False,
        ("adresse", "vejnavn", "vej", "gade", "address", "street"),
    ),
    Column(
        "postcode",
        _("Postcode"),
        "Postnummer",
        "9999",
        4,
        False,
        ("postnummer", "postnr", "post nr", "postcode", "zip", "zip code", "postal code"),
    ),
    Column("city", _("City"), "By", "Prøvekøbing", 60, False, ("by", "bynavn", "postdistrikt", "city", "town")),
    Column(
        "contact",
        _("Contact person"),
        "Kontaktperson",
        "Bente Bager",
        120,
        False,
        (
            "kontaktperson",
            "kontakt",
            "kontaktnavn",
            "kontaktpersonens navn",
            "contact",
            "contact person",
            "contact name",
        ),
    ),
    Column(
        "phone",
        _("Telephone"),
        "Telefon",
        "12 34 56 78",
        20,
        False,
        ("telefon", "telefonnummer", "tlf", "tlfnr", "mobil", "kontakttelefon", "phone", "telephone", "mobile"),
    ),
    Column(
        "email",
        _("E-mail"),
        "E-mail",
        "bente@example.org",
        254,
        False,
        ("email", "mail", "e-mail", "mailadresse", "e-mailadresse", "kontaktmail", "email address"),
    ),
    Column("team", _("Team"), "Team", "Team Havn", 120, False, ("team", "hold", "miniteam", "mini team")),
    Column(
        "broker",
        _("Who holds the relation (username)"),
        "Ansvarlig",
        "jobr",
        80,
        False,
        ("ansvarlig", "jobformidler", "virksomhedskonsulent", "brugernavn", "broker", "job broker", "holder"),
    ),
)
OPENINGS = (
    Column(
        "cvr",
        _("CVR number"),
        "CVR-nummer",
        "99000007",
        14,
        True,
        ("cvr", "cvrnr", "cvrnummer", "virksomhedsnummer", "cvr number", "company number", "vat", "vat number"),
    ),
    Column(
        "p_number",
        _("P-number"),
        "P-nummer",
        "1000000000",
        14,
        False,
        ("pnummer", "pnr", "p nr", "produktionsenhed", "produktionsenhedsnummer", "p number", "production unit"),
    ),
    Column(
        "workplace",
        _("Workplace"),
        "Arbejdsplads",
        "Butikken på Torvet",
        120,
        False,
        ("arbejdsplads", "arbejdssted", "afdeling", "produktionsenhedsnavn", "workplace", "branch", "site"),
    ),
    Column(
        "title",
        _("Job"),
        "Job",
        "Hjælp i bageriet",
        120,
        True,
        ("job", "jobtitel", "titel", "stilling", "stillingsbetegnelse", "title", "job title"),
    ),
    Column(
        "occupation",
        _("Occupation"),
        "Fag",
        "Bagerimedhjælper",
        120,
        False,
        ("fag", "erhverv", "disco", "discokode", "stillingskode", "occupation", "occupation code"),
    ),
    Column(
        "hours_min",
        _("Fewest hours a week"),
        "Mindst timer om ugen",
        "10",
        20,
        False,
        ("mindst timer", "timer fra", "min timer", "timer min", "hours from", "fewest hours", "min hours"),
    ),
    Column(
        "hours_max",
        _("Most hours a week"),
        "Højst timer om ugen",
        "15",
        20,
        True,
        (
            "højst timer",
            "timer til",
            "timer",
            "timer om ugen",
            "ugentlig arbejdstid",
            "max timer",
            "hours",
            "max hours",
        ),
    ),
    Column(
        "slots",
        _("When"),
        "Hvornår",
        "man-fre formiddag",
        200,
        False,
        ("hvornår", "tidspunkt", "halve dage", "arbejdstider", "when", "half-days"),
    ),
    Column(
        "places",
        _("How many people"),
        "Antal personer",
        "1",
        12,
        False,
        ("antal personer", "antal", "pladser", "antal pladser", "antal stillinger", "places", "openings", "people"),
    ),
    Column(
        "demand",
        _("What the job asks"),
        "Krav",
        "Stå 2; Løfte og bære 1",
        1200,
        False,
        ("krav", "jobbets krav", "hvad jobbet kræver", "demand", "demands"),
    ),
    Column(
        "requires",
        _("Certificates and skills"),
        "Kvalifikationer",
        "Kørekort B",
        400,
        False,
        ("kvalifikationer", "beviser", "certifikater", "skills", "certificates", "requires"),
    ),
    Column(
        "description",
        _("Description"),
        "Beskrivelse",
        "Du pakker brød.",
        5000,
        False,
        ("beskrivelse", "jobbeskrivelse", "tekst", "opgaver", "description"),
    ),
    Column(
        "wage_text", _("Pay"), "Løn", "Efter overenskomst", 120, False, ("løn", "lønvilkår", "pay", "wage", "salary")
    ),
    Column(
        "starts_on",
        _("First day of work"),
        "Startdato",
        "01-02-2027",
        10,
        False,
        ("startdato", "start", "tiltrædelse", "første arbejdsdag", "start date", "starts"),
    ),
    Column(
        "closes_on",
        _("Last day to answer"),
        "Svarfrist",
        "15-01-2027",
        10,
        False,
        ("svarfrist", "ansøgningsfrist", "frist", "lukker", "udløb", "deadline", "closes", "valid through"),
    ),
    Column(
        "is_public",
        _("On the open job page"),
        "Vis for alle",
        "nej",
        5,
        False,
        ("vis for alle", "offentlig", "offentligt", "vises for alle", "public"),
    ),
    Column("is_open", _("Open it at once"), "Åbn jobbet", "nej", 5, False, ("åbn jobbet", "åbent", "åbn", "open")),
    Column(
        "source_id",
        _("The job’s own number"),
        "Jobnummer",
        "A-17",
        120,
        False,
        ("jobnummer", "jobid", "id", "eksternt id", "reference", "annoncenummer", "source id", "job id", "job number"),
    ),
)
COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.CITIZENS: CITIZENS,
    Kind.STAFF: STAFF,
    Kind.EMPLOYERS: EMPLOYERS,
    Kind.OPENINGS: OPENINGS,
}
IDENTITY = {Kind.CITIZENS: "cpr", Kind.STAFF: "username", Kind.EMPLOYERS: "cvr", Kind.OPENINGS: "cvr"}
# "Navn" in a file of citizens holds both names.
WHOLE_NAME = {"navn", "fuldenavn", "name", "fullname"}
WHOLE = "whole_name"


class ColumnsMissing(ValueError):
    """The headings do not lead to every column that is needed; `missing` are those."""

    def __init__(self, missing: tuple[Column, ...], twice: tuple[Column, ...] = ()) -> None:
        super().__init__("columns missing")
        self.missing, self.twice = missing, twice


def codes_of(*, kind: Kind, header: Sequence[str]) -> tuple[str, ...]:
    """The code of each heading in the file, "" for those not recognised; raises ColumnsMissing."""
    names = {_plain(name): column.code for column in COLUMNS[kind] for name in (column.heading, *column.synonyms)}
    if kind == Kind.CITIZENS:
        names |= dict.fromkeys(WHOLE_NAME, WHOLE)
    codes = tuple(names.get(_plain(text), "") for text in header)
    has_both_names = WHOLE in codes
    missing = tuple(
        column
        for column in COLUMNS[kind]
        if column.is_required
        and column.code not in codes
        and not (has_both_names and column.code in ("given_name", "family_name"))
    )
    twice = tuple(column for column in COLUMNS[kind] if codes.count(column.code) > 1)
    if missing or twice:
        raise ColumnsMissing(missing, twice)
    return codes


def values_of(*, codes: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by column code; empty ones are left out."""
    values = {code: cell for code, cell in zip(codes, cells, strict=False) if code and cell}
    whole = values.pop(WHOLE, "")
    if whole and "given_name" not in values and "family_name" not in values:
        given, _, family = whole.rpartition(" ")
        values |= {"given_name": given, "family_name": family} if given else {"given_name": family}
    return values


def has_extra(*, codes: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether there is text to the right of the last heading."""
    return len(cells) > len(codes)


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum())
