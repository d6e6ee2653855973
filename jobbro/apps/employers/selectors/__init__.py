"""Reads of companies, fetched whole."""

from .choosing import AddChoices, Holder, add_choices, holders_for
from .due import DuePromise, due_promises
from .file import CompanyCard, CompanyFile, PartnershipFacts, PromiseCount, company_card, company_file
from .known import known_partners
from .listing import (
    ALL,
    CURRENT,
    QUIET_WEEKS,
    CompanyFilters,
    CompanyLine,
    CompanyList,
    company_list,
)
from .pages import (
    CompanyPage,
    RowPage,
    agreement_page,
    company_page,
    company_to_agree_with,
    company_to_change,
    company_to_move,
    contact_page,
    need_page,
    promise_page,
    workplace_page,
)

__all__ = [
    "ALL",
    "CURRENT",
    "QUIET_WEEKS",
    "AddChoices",
    "CompanyCard",
    "CompanyFile",
    "CompanyFilters",
    "CompanyLine",
    "CompanyList",
    "CompanyPage",
    "DuePromise",
    "Holder",
    "PartnershipFacts",
    "PromiseCount",
    "RowPage",
    "add_choices",
    "agreement_page",
    "company_card",
    "company_file",
    "company_list",
    "company_page",
    "company_to_agree_with",
    "company_to_change",
    "company_to_move",
    "contact_page",
    "due_promises",
    "holders_for",
    "known_partners",
    "need_page",
    "promise_page",
    "workplace_page",
]
