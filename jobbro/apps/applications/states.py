"""The allowed moves of an application, a post with fortrinsadgang and a claim."""

from .enums import ClaimState, State, VacancyState

MOVES: dict[tuple[State, str], State] = {
    (State.DRAFT, "finish"): State.READY,
    (State.READY, "write_more"): State.DRAFT,
    (State.READY, "send"): State.SENT,
    (State.SENT, "acknowledge"): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, "ask_more"): State.MORE_WANTED,
    (State.MORE_WANTED, "answer"): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, "postpone"): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, "decide"): State.DECIDED,
    (State.MORE_WANTED, "decide"): State.DECIDED,
    (State.DECIDED, "complain"): State.COMPLAINED,
    (State.COMPLAINED, "decide"): State.DECIDED,
    (State.COMPLAINED, "forward"): State.COMPLAINED,
    (State.DRAFT, "withdraw"): State.DECIDED,
    (State.READY, "withdraw"): State.DECIDED,
    (State.SENT, "withdraw"): State.DECIDED,
    (State.ACKNOWLEDGED, "withdraw"): State.DECIDED,
    (State.MORE_WANTED, "withdraw"): State.DECIDED,
}
UNSENT = (State.DRAFT, State.READY)
# What the citizen does themself; employees do these too, and all the others.
CITIZEN_MOVES = ("finish", "write_more", "send", "answer", "complain", "withdraw")

VACANCY_MOVES: dict[tuple[VacancyState, str], VacancyState] = {
    (VacancyState.NOTED, "invite"): VacancyState.INVITED,
    (VacancyState.INVITED, "interview"): VacancyState.INTERVIEWED,
    (VacancyState.INTERVIEWED, "hire"): VacancyState.HIRED,
    (VacancyState.INTERVIEWED, "account"): VacancyState.ACCOUNT_SENT,
    (VacancyState.ACCOUNT_SENT, "negotiate"): VacancyState.NEGOTIATED,
    (VacancyState.ACCOUNT_SENT, "hire"): VacancyState.HIRED,
    (VacancyState.NEGOTIATED, "hire"): VacancyState.HIRED,
    (VacancyState.NEGOTIATED, "refuse"): VacancyState.REASONED_REFUSAL,
    (VacancyState.REASONED_REFUSAL, "release"): VacancyState.VACANCY_RELEASED,
    (VacancyState.NOTED, "breach"): VacancyState.FILLED_WITHOUT,
    (VacancyState.INVITED, "breach"): VacancyState.FILLED_WITHOUT,
    (VacancyState.INTERVIEWED, "breach"): VacancyState.FILLED_WITHOUT,
    (VacancyState.ACCOUNT_SENT, "breach"): VacancyState.FILLED_WITHOUT,
    (VacancyState.NOTED, "withdraw"): VacancyState.WITHDRAWN,
    (VacancyState.INVITED, "withdraw"): VacancyState.WITHDRAWN,
    (VacancyState.INTERVIEWED, "withdraw"): VacancyState.WITHDRAWN,
    (VacancyState.ACCOUNT_SENT, "withdraw"): VacancyState.WITHDRAWN,
    (VacancyState.NEGOTIATED, "withdraw"): VacancyState.WITHDRAWN,
}
# The post may not be filled by anybody else while it stands here.
ON_HOLD = (VacancyState.NOTED, VacancyState.INVITED, VacancyState.INTERVIEWED, VacancyState.ACCOUNT_SENT)
OPEN_VACANCY = (*ON_HOLD, VacancyState.NEGOTIATED, VacancyState.REASONED_REFUSAL)
# When an opinion of Ankestyrelsen can be asked for.
REFUSED_VACANCY = (VacancyState.REASONED_REFUSAL, VacancyState.VACANCY_RELEASED, VacancyState.FILLED_WITHOUT)
CITIZEN_VACANCY_MOVES = ("invite", "interview", "hire", "withdraw")
_BEFORE_INTERVIEW = (VacancyState.NOTED, VacancyState.INVITED)
_BEFORE_ACCOUNT = (*_BEFORE_INTERVIEW, VacancyState.INTERVIEWED)
# What the law refuses: the move, what it asks for first, and where a post stands that has not come to it.
LAW_REFUSES: dict[str, tuple[str, tuple[VacancyState, ...]]] = {
    "account": ("interview_first", _BEFORE_INTERVIEW),
    "hire": ("interview_first", _BEFORE_INTERVIEW),
    "negotiate": ("account_first", _BEFORE_ACCOUNT),
    "refuse": ("negotiate_first", ON_HOLD),
    "release": ("on_hold", (*ON_HOLD, VacancyState.NEGOTIATED)),
}

CLAIM_MOVES: dict[tuple[ClaimState, str], ClaimState] = {
    (ClaimState.ENTERED, "send"): ClaimState.SENT,
    (ClaimState.SENT, "return"): ClaimState.ENTERED,
    (ClaimState.SENT, "pay"): ClaimState.PAID,
}
