"""Writes of companies: one function is one act."""

from .bringing import Brought, bring_partners
from .companies import CompanyDraft, add_company, change_company, checked_cvr, move_company
from .contacts import ContactDraft, ContactLogin, add_contact, change_contact, end_contact, invite_contact
from .locking import refuse_closed
from .needs import NeedDraft, end_need, tell_need
from .promises import (
    AgreementDraft,
    PromiseDraft,
    end_agreement,
    end_promise,
    make_agreement,
    make_promise,
)
from .talks import TalkDraft, YearlyTalkDraft, hold_yearly_talk, write_talk
from .workplaces import WorkplaceDraft, add_workplace, change_workplace

__all__ = [
    "AgreementDraft",
    "Brought",
    "CompanyDraft",
    "ContactDraft",
    "ContactLogin",
    "NeedDraft",
    "PromiseDraft",
    "TalkDraft",
    "WorkplaceDraft",
    "YearlyTalkDraft",
    "add_company",
    "add_contact",
    "add_workplace",
    "bring_partners",
    "change_company",
    "change_contact",
    "change_workplace",
    "checked_cvr",
    "end_agreement",
    "end_contact",
    "end_need",
    "end_promise",
    "hold_yearly_talk",
    "invite_contact",
    "make_agreement",
    "make_promise",
    "move_company",
    "refuse_closed",
    "tell_need",
    "write_talk",
]
