"""Where the values for the arguments of addresses come from: one row an argument name, own and foreign ones."""
# ruff: noqa: S608 - every part of these queries stands in this file

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jobbro.apps.audit.ids import uuid7

from .shapes import CLOSED, Place, Visitor
from .truth import Truth

# What the narrowest argument says about one before it.
_LEADS_TO = {
    ("seat_id", "meeting_id"): "select meeting_id from meetings_meetingparticipant where id = %s",
    ("booking_id", "meeting_id"): "select meeting_id from meetings_meetinghelp where id = %s",
    ("away_id", "adviser_id"): "select adviser_id from key_persons_away where id = %s",
    ("position_id", "user_id"): "select user_id from accounts_position where id = %s",
    ("competence_id", "user_id"): "select user_id from teams_competence where id = %s",
    ("pair_id", "team_id"): "select team_id from teams_buddypair where id = %s",
    ("served_id", "unit_id"): "select unit_id from organisations_unitmunicipality where id = %s",
    ("arrangement_id", "introduction_id"): (
        "select i.id from placements_introduction i join placements_arrangement a on a.proposal_id = i.proposal_id"
        " where a.id = %s limit 1"
    ),
}
# Each query gives rows (value, citizen or null, place). What belongs to a person follows the person.
_PLACE = (
    "case when c.id = any((select app_citizens())::uuid[]) then 'own'"
    " when c.municipality_id = any((select app_municipalities())::text[]) then 'near' else 'foreign' end"
)
# A unit is one's own when it serves one's municipality; the rest of the organisation follows the unit.
_UNIT_PLACE = (
    "case when exists(select from organisations_unitmunicipality s where s.unit_id = {unit}"
    " and s.municipality_id = any((select app_municipalities())::text[])) then 'own' else 'foreign' end"
)
_BATCH_PLACE = (
    "case when b.uploaded_by_id = (select app_actor())"
    " or b.municipality_id = any((select app_administered_municipalities())::text[]) then 'own' else 'foreign' end"
)
# The fullest file first: pages then have something to show.
_CITIZENS = (
    f"select c.id, c.id, {_PLACE} from citizens_citizen c order by"
    " (select count(*) from plans_plan p where p.citizen_id = c.id) desc,"
    " (select count(*) from screening_answer a where a.citizen_id = c.id) desc, c.id"
)


def _of_person(table: str, *, where: str = "true") -> str:
    return (
        f"select t.id, t.citizen_id, {_PLACE} from {table} t join citizens_citizen c on c.id = t.citizen_id"
        f" where {where} order by t.id"
    )


def _of_meetings() -> str:
    return (
        "select t.id, t.citizen_id, case when t.id in (select unnest(meetings_of_companies())) then 'own'"
        f" else {_PLACE} end from meetings_meeting t join citizens_citizen c on c.id = t.citizen_id order by t.id"
    )


def _of_unit(table: str, *, unit: str = "t.unit_id") -> str:
    return f"select t.id, null::uuid, {_UNIT_PLACE.format(unit=unit)} from {table} t order by t.id"


def _of_colleague(table: str, *, user: str, where: str = "true") -> str:
    """Visitors themselves are left alone: an empty form sent to their account could end their own visit."""
    place = (
        f"case when {user} = any((select app_colleagues())::uuid[]) and (select app_self()) is null"
        " then 'own' else 'foreign' end"
    )
    return (
        f"select t.id, null::uuid, {place} from {table} t join accounts_user u on u.id = {user}"
        f" where u.kind = 'staff' and not u.id = any(%(visitors)s::uuid[]) and {where} order by t.id"
    )


def _of_company(table: str, *, company: str = "t.company_id", where: str = "true") -> str:
    """Rows about companies are one's own in one's own municipalities, and for the company's own people."""
    place = (
        "case when k.id = any((select app_partner_companies())::uuid[] || (select app_companies())::uuid[])"
        " then 'own' else 'foreign' end"
    )
    return (
        f"select t.id, null::uuid, {place} from {table} t join employers_company k on k.id = {company}"
        f" where {where} order by (k.state = 'partner') desc, t.id"
    )


def _of_table(table: str, *, proposal: str, where: str = "true", first: str = "t.id is not null") -> str:
    """Rows of a table where a citizen and a company sit: the company's while it may read them."""
    return (
        f"select t.id, t.citizen_id, case when t.company_id in (select unnest(app_companies()))"
        f" and {proposal} in (select unnest(app_table_proposals())) then 'own' else ({_PLACE}) end"
        f" from {table} t join citizens_citizen c on c.id = t.citizen_id where {where}"
        f" order by ({first}) desc, t.id desc"
    )


def _of_partner(table: str, *, partner: str = "t.external_actor_id") -> str:
    """Rows about partners outside the municipality: one's own municipality's, and one's own organisation's."""
    place = (
        "case when a.id = any((select external_partner_actors())::uuid[] || (select external_own_actors())::uuid[])"
        " then 'own' else 'foreign' end"
    )
    return (
        f"select t.id, null::uuid, {place} from {table} t join external_actors_externalactor a on a.id = {partner}"
        " order by t.id"
    )


def _of_catalogue(table: str, *, municipality: str, where: str = "true") -> str:
    """Courses are one's own in one's own municipalities."""
    return (
        f"select t.id, null::uuid, case when {municipality} = any((select courses_municipalities())::text[]) then 'own'"
        f" else 'foreign' end from {table} t where {where} order by t.id"
    )


@dataclass(frozen=True)
class Argument:
    """How to find values: a query, or words that belong to nobody. `unknown` makes one that nobody has."""

    query: str = ""
    fixed: tuple[str, ...] = ()
    is_number: bool = False

    def unknown(self) -> str:
        if self.fixed:
            return "findes-ikke"
        return "987654321" if self.is_number else str(uuid7())


ARGUMENTS: dict[str, Argument] = {
    "filter_id": Argument(
        "select t.id, null::uuid, case when t.user_id = app_actor() then 'own' else 'foreign' end"
        " from worklist_savedfilter t order by t.id"
    ),
    "citizen_id": Argument(_CITIZENS),
    "goal_id": Argument(
        "select t.id, t.citizen_id, " + _PLACE + " from plans_goal t join citizens_citizen c on c.id = t.citizen_id"
        " join plans_plan p on p.id = t.plan_id order by (p.state = 'draft') desc, t.id"
    ),
    "action_id": Argument(
        "select t.id, t.citizen_id, " + _PLACE + " from plans_action t join citizens_citizen c on c.id = t.citizen_id"
        " join plans_goal g on g.id = t.goal_id join plans_plan p on p.id = g.plan_id"
        " order by (p.state = 'draft') desc, t.id"
    ),
    "member_id": Argument(_of_person("cases_casemember", where="t.until_on is null")),
    "note_id": Argument(_of_person("cases_note")),
    "consent_id": Argument(_of_person("citizens_consent", where="t.withdrawn_at is null")),
    "period_id": Argument(_of_person("citizens_benefitperiod")),
    "access_id": Argument(_of_person("cases_breakglass")),
    "question_id": Argument(_of_person("cases_lookquestion")),
    "look_id": Argument(
        f"select t.id, c.id, {_PLACE} from audit_look t join citizens_citizen c on c.id = t.citizen_ids[1]"
        " where cardinality(t.citizen_ids) = 1 and t.outcome = 'shown' order by t.id",
        is_number=True,
    ),
    "unit_id": Argument(_of_unit("organisations_unit", unit="t.id")),
    "team_id": Argument(_of_unit("organisations_team")),
    "served_id": Argument(_of_unit("organisations_unitmunicipality")),
    "user_id": Argument(_of_colleague("accounts_user", user="t.id")),
    "position_id": Argument(_of_colleague("accounts_position", user="t.user_id", where="t.until_on is null")),
    # A question is its asker's, the unit's key persons' and its lead's; knowledge is the municipality's or everybody's.
    "asked_id": Argument(
        "select t.id, null::uuid, case when (t.asker_id = (select app_actor()) and key_persons_is_staff())"
        " or t.unit_id = any(key_persons_units()) or t.unit_id = any(app_led_units())"
        " or t.team_id = any(key_persons_teams()) then 'own' else 'foreign' end"
        " from key_persons_question t order by (t.state = 'answered') desc, t.id"
    ),
    "adviser_id": Argument(_of_unit("key_persons_adviser")),
    "away_id": Argument(
        f"select t.id, null::uuid, {_UNIT_PLACE.format(unit='key_persons_unit_of(t.adviser_id)')}"
        " from key_persons_away t order by t.id"
    ),
    "knowledge_id": Argument(
        "select t.id, null::uuid, case when t.municipality_id = any((select app_municipalities())::text[])"
        " or (t.is_wide and key_persons_is_staff()) then 'own' else 'foreign' end from key_persons_entry t"
        " order by t.id"
    ),
    "batch_id": Argument(f"select b.id, null::uuid, {_BATCH_PLACE} from imports_importbatch b order by b.id"),
    "number": Argument(
        f"select r.number, null::uuid, {_BATCH_PLACE} from imports_importrow r"
        " join imports_importbatch b on b.id = r.batch_id order by b.id, r.number",
        is_number=True,
    ),
    # A grant first: it has every page; then what is being written.
    "application_id": Argument(
        "select t.id, t.citizen_id, " + _PLACE + " from applications_application t"
        " join citizens_citizen c on c.id = t.citizen_id"
        " order by exists(select from applications_decision d where d.application_id = t.id"
        " and d.hours_week is not null) desc, (t.state = 'draft') desc, t.id"
    ),
    "vacancy_id": Argument(_of_person("applications_vacancy")),
    # The municipality whose own deadlines the visitor may set.
    "code": Argument(
        "select m.code, null::uuid, case when m.code = any((select app_deadline_municipalities())::text[])"
        " then 'own' else 'foreign' end from organisations_municipality m order by m.code",
        is_number=True,
    ),
    "quarter": Argument(fixed=("2026-3", "2026-4")),
    "scheme": Argument(fixed=("paragraf_56", "mentor")),
    "step": Argument(fixed=("finish", "send", "acknowledge")),
    "turning": Argument(fixed=("close", "open")),
    "turn": Argument(fixed=("invite", "withdraw")),
    "deed": Argument(fixed=("withdraw", "agree")),
    "stage": Argument(fixed=("send", "pay")),
    "kind": Argument(fixed=("citizens",)),
    "make": Argument(fixed=("csv",)),
    "company_id": Argument(_of_company("employers_company", company="t.id")),
    "workplace_id": Argument(_of_company("employers_workplace", where="t.closed_on is null")),
    "task_id": Argument(_of_company("jobs_task", where="t.removed_on is null")),
    "holder_id": Argument(_of_company("jobs_holder")),
    # A company is shown what has been proposed to it; a citizen what is for them.
    "job_id": Argument(
        "select t.id, null::uuid, case when t.company_id in (select unnest(app_partner_companies()))"
        " or (t.state in ('proposed', 'agreed', 'declined') and t.company_id in (select unnest(app_companies())))"
        " or t.id in (select unnest(app_offered_jobs())) then 'own' else 'foreign' end"
        " from jobs_carvedjob t order by (t.state = 'draft') desc, t.id"
    ),
    # Behind the wall of wages and the walls of everybody the search is for.
    "carving_id": Argument(
        "select t.id, null::uuid, case when t.company_id in (select unnest(app_wage_companies()))"
        " and app_sees_carving(t.id) then 'own' else 'foreign' end"
        " from jobs_carving t order by (t.state = 'done') desc, t.id"
    ),
    # The pool is for those who seek and those who help them; a company has its own, and drafts are nobody else's.
    "opening_id": Argument(
        "select * from (select t.id, null::uuid, case when t.company_id in (select unnest(app_partner_companies()))"
        " or t.company_id in (select unnest(app_companies()))"
        " or (t.state = 'open' and not t.is_reserved and app_reads_pool()) then 'own' else 'foreign' end as place"
        " from jobs_opening t order by t.is_public desc, (t.state = 'open') desc, t.id) o"
        " where o.place = 'own' or exists(select from jobs_opening d where d.id = o.id and d.state = 'draft')"
    ),
    "contact_id": Argument(_of_company("employers_contactperson", where="t.until_on is null and t.user_id is null")),
    "promise_id": Argument(_of_company("employers_promise", where="t.state = 'open'")),
    "agreement_id": Argument(_of_company("employers_partneragreement", where="t.until_on is null")),
    "need_id": Argument(_of_company("employers_recruitmentneed", where="t.state = 'open'")),
    "proposal_id": Argument(_of_person("matching_proposal", where="t.state <> 'declined'")),
    # Runs are everybody's who works with citizens: they tell numbers and nobody.
    "run_id": Argument(
        "select t.id, null::uuid, 'own' from matching_matchrun t order by (t.state = 'done') desc, t.started_at desc"
    ),
    # The citizen's and those around them; and the company's while it holds.
    "card_id": Argument(
        "select t.id, t.citizen_id, case when t.company_id in (select unnest(app_companies()))"
        " and t.withdrawn_at is null and app_today() between t.from_on and t.until_on then 'own' else "
        + f"({_PLACE}) end from matching_card t join citizens_citizen c on c.id = t.citizen_id"
        " order by (t.withdrawn_at is null) desc, t.id"
    ),
    # The citizen's and those around them; and the company's while a card holds or an agreement binds.
    "introduction_id": Argument(_of_table("placements_introduction", proposal="t.proposal_id")),
    "placement_id": Argument(
        _of_table("placements_placement", proposal="t.proposal_id", where="t.state in ('agreed', 'ended')")
    ),
    # One whose first day has not come, so that its plan and its first day can still be set.
    "coming_id": Argument(
        _of_table(
            "placements_placement",
            proposal="t.proposal_id",
            where="t.state in ('agreed', 'ended')",
            first="t.state = 'agreed' and t.starts_on > app_today()",
        )
    ),
    # The company's own: those that are marked for it.
    "onboarding_task_id": Argument(
        _of_table(
            "placements_onboardingtask",
            proposal="(select p.proposal_id from placements_placement p"
            " where p.id = t.placement_id and t.is_for_company)",
            where="t.dropped_on is null",
        )
    ),
    # A meeting is the circle's, and a company's while a card holds or an agreement was signed.
    "meeting_id": Argument(_of_meetings()),
    "seat_id": Argument(_of_person("meetings_meetingparticipant", where="t.left_at is null and t.party = 'citizen'")),
    "booking_id": Argument(_of_person("meetings_meetinghelp", where="t.is_wanted")),
    "message_id": Argument(_of_person("outbox_message", where="t.way in ('call', 'letter') and t.state = 'waiting'")),
    # Nobody's secret: the calendar that is not there.
    "secret": Argument(fixed=("intet",)),
    "notice_id": Argument(_of_person("mobility_notice", where="t.withdrawn_on is null")),
    "last_step_id": Argument(_of_person("mobility_laststep", where="t.done_on is null and t.dropped_on is null")),
    "observation_id": Argument(_of_person("mobility_observation", where="t.answered_at is null")),
    "arrangement_id": Argument(_of_person("placements_arrangement", where="t.done_on is null")),
    "version_id": Argument(
        _of_table(
            "placements_agreementversion",
            proposal="(select p.proposal_id from placements_placement p where p.id = t.placement_id)",
        )
    ),
    "external_actor_id": Argument(_of_partner("external_actors_externalactor", partner="t.id")),
    "external_agreement_id": Argument(_of_partner("external_actors_externalagreement")),
    "external_person_id": Argument(_of_partner("external_actors_externalperson")),
    # The citizen's and those around them; and of those named on it while it holds.
    "engagement_id": Argument(
        "select t.id, t.citizen_id, case when t.id in (select unnest(external_engagements())) then 'own' else "
        + f"({_PLACE}) end from external_actors_engagement t join citizens_citizen c on c.id = t.citizen_id"
        " order by (t.state = 'approved') desc, t.id"
    ),
    # Colleagues whom the visitor works with; the database's own word for it.
    "absence_id": Argument(
        "select t.id, null::uuid, case when teams_works_with(t.user_id)"
        " and t.user_id = any((select teams_colleagues())::uuid[]) then 'own' else 'foreign' end"
        " from teams_absence t where t.called_off_at is null order by t.until_on desc, t.id"
    ),
    "pair_id": Argument(
        "select p.id, null::uuid, case when t.unit_id = any((select app_led_units())::uuid[])"
        " then 'own' else 'foreign' end from teams_buddypair p join organisations_team t on t.id = p.team_id"
        " where p.until_on is null order by p.id"
    ),
    "handover_id": Argument(_of_person("teams_handover", where="t.finished_at is null and t.called_off_at is null")),
    "item": Argument(fixed=("agreed", "next_step")),
    "competence_id": Argument(
        "select t.id, null::uuid, case when t.user_id = (select app_actor()) or teams_leads(t.user_id)"
        " then 'own' else 'foreign' end from teams_competence t where t.ended_at is null"
        " and not t.user_id = any(%(visitors)s::uuid[]) or t.user_id = (select app_actor()) order by t.id"
    ),
    "learning_id": Argument(
        "select t.id, null::uuid, case when t.written_by_id = (select app_actor())"
        " or t.unit_id = any((select app_led_units())::uuid[]) then 'own' else 'foreign' end"
        " from teams_learningnote t where t.withdrawn_at is null order by t.id"
    ),
    # The citizen's and those around them; and what the company itself asked.
    "help_id": Argument(
        "select t.id, t.citizen_id, case when t.party = 'employer' and t.company_id in (select unnest(app_companies()))"
        " and t.placement_id in (select unnest(app_table_placements())) then 'own' else "
        + f"({_PLACE}) end from follow_up_helprequest t join citizens_citizen c on c.id = t.citizen_id"
        " order by (t.done_at is null) desc, t.id"
    ),
    "sick_leave_id": Argument(_of_person("follow_up_sickleave")),
    # The one link that waits in the demo.
    "talk_token": Argument(fixed=("demo-samtale",)),
    "effort_id": Argument(
        "select t.id, null::uuid, case when t.municipality_id = any((select app_municipalities())::text[])"
        " then 'own' else 'foreign' end from outreach_outreacheffort t order by t.id"
    ),
    "listed_id": Argument(_of_person("outreach_outreachperson")),
    "course_id": Argument(_of_catalogue("courses_course", municipality="t.municipality_id")),
    "material_id": Argument(
        _of_catalogue(
            "courses_material",
            municipality="(select c.municipality_id from courses_course c where c.id = t.course_id)",
            where="t.removed_on is null",
        )
    ),
    "session_id": Argument(_of_catalogue("courses_session", municipality="t.municipality_id")),
    # The circle of the person, and whoever runs the session.
    "enrolment_id": Argument(
        "select t.id, t.citizen_id, case when t.session_id = any((select courses_run_sessions())::uuid[]) then 'own'"
        f" else ({_PLACE}) end from courses_enrolment t join citizens_citizen c on c.id = t.citizen_id"
        " order by (t.state = 'completed') desc, t.id"
    ),
    # On the way to a municipality whose unit the visitor leads.
    "move_id": Argument(
        "select t.id, null::uuid, case when t.to_municipality_id = any((select closing_led_municipalities())::text[])"
        " then 'own' else 'foreign' end from closing_move t where t.state in ('proposed', 'answered') order by t.id"
    ),
    "kept_id": Argument(
        "select t.id, null::uuid, case when t.unit_id = any((select app_led_units())::uuid[]) then 'own'"
        " else 'foreign' end from closing_movedaway t order by t.id"
    ),
    "answer_id": Argument(_of_person("guidance_guidanceanswer")),
    "fact": Argument(fixed=("work_form",)),
    "topic": Argument(fixed=("hopes", "lifting")),
    "guide": Argument(fixed=("find_the_right_help",)),
    "reason": Argument(fixed=("distance", "gap")),
    "move": Argument(fixed=("pause", "close", "resume", "reopen")),
}


@dataclass(frozen=True)
class Values:
    """Values for the arguments of one address that belong together; `missing` names what the data do not have."""

    place: Place
    by_name: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A value, the citizen it belongs to if any, and whose it is."""

    value: str
    citizen_id: UUID | None
    place: Place


class ArgumentTable:
    """The values for one visitor, each query asked once."""

    def __init__(self, *, truth: Truth, visitor: Visitor, visitors: Iterable[UUID]) -> None:
        self._truth, self._visitor, self._visitors = truth, visitor, list(visitors)
        self._found: dict[str, list[Found]] = {}

    def for_arguments(self, names: tuple[str, ...]) -> list[Values]:
        """One set of values for each place there is."""
        if not names:
            return [Values(place=Place.NONE, by_name=())]
        places = [Place.OWN, *CLOSED]
        sets = [self._at(place, names=names) for place in places]
        if all(ARGUMENTS[name].fixed for name in names):
            sets = [found for found in sets if found and found.place in (Place.OWN, Place.UNKNOWN)]
        return [found for found in sets if found is not None]

    def _at(self, place: Place, *, names: tuple[str, ...]) -> Values | None:
        """The last argument is the narrowest; the ones before it must lead to the same person."""
        if place == Place.UNKNOWN:
            return Values(place=place, by_name=tuple((name, self._unknown(name, names)) for name in names))
        narrow = [name for name in names if not ARGUMENTS[name].fixed]
        first = self._first(narrow[-1], place=place) if narrow else None
        owner = first.citizen_id if first else self._somebody(place, names=names)
        if narrow and first is None and owner is None:
            return None
        chosen, missing = [], []
        for name in names:
            value = self._value(name, place=place, first=first, narrowest=narrow[-1] if narrow else "", owner=owner)
            if value is None:
                missing.append(name)
            chosen.append((name, value or ARGUMENTS[name].unknown()))
        return Values(place=place, by_name=tuple(chosen), missing=tuple(missing))

    def _unknown(self, name: str, names: tuple[str, ...]) -> str:
        """A fixed word stays a good one beside an unknown id: only the id is forged."""
        argument = ARGUMENTS[name]
        has_ids = any(not ARGUMENTS[other].fixed for other in names)
        return argument.fixed[0] if argument.fixed and has_ids else argument.unknown()

    def _value(self, name: str, *, place: Place, first: Found | None, narrowest: str, owner: UUID | None) -> str | None:
        if ARGUMENTS[name].fixed:
            return ARGUMENTS[name].fixed[0]
        if first is not None and name == narrowest:
            return first.value
        if name == "citizen_id" and owner is not None:
            return str(owner)
        leads = _LEADS_TO.get((narrowest, name))
        if leads and first is not None:
            return str(self._truth.ask(leads, [first.value])[0][0])
        other = self._first(name, place=place)
        return other.value if other else None

    def _somebody(self, place: Place, *, names: tuple[str, ...]) -> UUID | None:
        found = self._first("citizen_id", place=place) if "citizen_id" in names else None
        return found.citizen_id if found else None

    def _first(self, name: str, *, place: Place) -> Found | None:
        return next((found for found in self._all(name) if found.place == place), None)

    def _all(self, name: str) -> list[Found]:
        if name not in self._found:
            self._truth.act_as(self._visitor.user_id)
            rows: list[tuple[Any, ...]] = self._truth.ask(ARGUMENTS[name].query, {"visitors": self._visitors})
            self._found[name] = [Found(str(value), owner, Place(place)) for value, owner, place in rows]
        return self._found[name]
