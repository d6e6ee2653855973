-- Municipalities served by the units that the actor leads.
create function closing_led_municipalities() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.municipality_id::text from organisations_unitmunicipality s
                 where s.unit_id = any((select app_led_units())::uuid[])
                   and s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today())
$$;
create function closing_lives_in(citizen uuid, municipality text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from citizens_citizen c where c.id = citizen and c.municipality_id = municipality)
$$;
create function closing_is_of(closing uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select closing is null or exists(select from closing_closing c where c.id = closing and c.citizen_id = citizen)
$$;
-- What is written when a course ends, or begins again, is written by those who carry it, in their own name.
create policy belongs on closing_closing as restrictive for insert
    with check (closed_by_id = (select app_actor()) and citizen_id is distinct from (select app_self())
                and app_carries(citizen_id) and closing_lives_in(citizen_id, municipality_id));
create policy belongs on closing_lastword as restrictive for insert
    with check (written_by_id = (select app_actor()) and closing_is_of(closing_id, citizen_id)
                and is_own = (citizen_id is not distinct from (select app_self())));
create policy belongs on closing_reopening as restrictive for insert
    with check (reopened_by_id = (select app_actor()) and citizen_id is distinct from (select app_self())
                and app_carries(citizen_id) and closing_is_of(closing_id, citizen_id));

-- A handover is read by the circle of the person, by the team leads of where they move to while it waits, and by those
-- of the unit they came from. Only the owner's function below lets it be received.
alter table closing_movedaway enable row level security;
create policy kept on closing_movedaway for select
    using (unit_id = any((select app_led_units())::uuid[]) or citizen_id = (select app_self()));
alter table closing_move enable row level security;
create policy need_to_know on closing_move for select using (citizen_id in (select unnest(app_citizens())));
create policy incoming on closing_move for select
    using ((state in ('proposed', 'answered') or (state = 'declined' and ended_by_id = (select app_actor())))
           and to_municipality_id in (select unnest(closing_led_municipalities())));
create policy kept on closing_move for select using (id in (select k.move_id from closing_movedaway k));
create policy proposing on closing_move for insert
    with check (proposed_by_id = (select app_actor()) and citizen_id in (select unnest(app_citizens()))
                and citizen_id is distinct from (select app_self()) and app_carries(citizen_id)
                and closing_lives_in(citizen_id, from_municipality_id) and state = 'proposed'
                and profile_goes is null and plan_goes is null and to_team_id is null and cut is null);
create policy circle on closing_move for update
    using (citizen_id in (select unnest(app_citizens()))
           or (state in ('proposed', 'answered') and to_municipality_id in (select unnest(closing_led_municipalities()))))
    with check (state <> 'taken'
                and (citizen_id in (select unnest(app_citizens())) or state = 'declined'));
create trigger history after insert or update or delete on closing_move for each row execute function history_row();
create trigger history after insert or update or delete on closing_movedaway for each row execute function history_row();

-- What goes along is the citizen's to say. Whoever writes it down for them says so, and nobody writes over their own word.
create function closing_own_answer() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if (new.profile_goes, new.plan_goes) is distinct from (old.profile_goes, old.plan_goes)
       and old.citizen_id is distinct from app_self()
       and (new.answer_noted = '' or (old.answered_at is not null and old.answer_noted = '')
            or not app_carries(old.citizen_id))
    then
        raise insufficient_privilege using message = 'the citizen says what goes along';
    end if;
    if coalesce(current_setting('app.closing_taking', true), '') = 'on' then
        return new;
    end if;
    if old.state not in ('proposed', 'answered') then
        raise insufficient_privilege using message = 'this handover is over';
    end if;
    if new.state in ('declined', 'called_off') and old.citizen_id is not distinct from app_self() then
        raise insufficient_privilege using message = 'employees end a handover';
    end if;
    return new;
end $$;
create trigger own_answer before update on closing_move for each row execute function closing_own_answer();
revoke all on function closing_own_answer() from public;

-- The citizen moves: municipality, team and contact person in one act, by a team lead of where they move to. The old
-- circle ends; what the old unit keeps is written down without needs, plan or log.
create function closing_move_citizen(handover uuid, team uuid, lead uuid, member uuid, kept uuid, parting uuid)
returns void language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    m closing_move;
    k cases_case;
    p citizens_citizen;
    old_unit uuid;
begin
    select * into m from closing_move where id = handover for update;
    if not found or m.state not in ('proposed', 'answered') or (m.state = 'proposed' and m.moves_on > app_today()) then
        raise insufficient_privilege using message = 'this handover does not wait';
    end if;
    if not exists(
        select from organisations_team t join organisations_unitmunicipality s on s.unit_id = t.unit_id
        where t.id = team and t.unit_id = any(app_led_units()) and s.municipality_id = m.to_municipality_id
          and t.from_on <= app_today() and coalesce(t.until_on, 'infinity') >= app_today()
          and s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today())
    then
        raise insufficient_privilege using message = 'a team lead of the receiving municipality takes the citizen';
    end if;
    if not exists(
        select from accounts_position q join accounts_user u on u.id = q.user_id and u.is_active and u.kind = 'staff'
        join organisations_unitmunicipality s on s.unit_id = q.unit_id
        where q.user_id = lead and s.municipality_id = m.to_municipality_id
          and q.role in ('team_lead', 'caseworker', 'job_broker', 'key_person')
          and q.from_on <= app_today() and coalesce(q.until_on, 'infinity') >= app_today())
    then
        raise insufficient_privilege using message = 'the contact person works in the receiving municipality';
    end if;
    select * into p from citizens_citizen where id = m.citizen_id for update;
    select * into k from cases_case where citizen_id = m.citizen_id for update;
    if p.municipality_id <> m.from_municipality_id or k.id is null then
        raise insufficient_privilege using message = 'the citizen has moved meanwhile';
    end if;
    select t.unit_id into old_unit from organisations_team t where t.id = k.team_id;
    insert into closing_movedaway (id, move_id, citizen_id, municipality_id, unit_id, name, opened_on, moved_on, decisions)
    values (kept, m.id, p.id, m.from_municipality_id, old_unit, m.name, k.opened_on, app_today(), coalesce((
        select jsonb_agg(jsonb_build_object('scheme', a.scheme, 'outcome', d.outcome, 'decided_on', d.decided_on,
                                            'from_on', d.from_on, 'until_on', d.until_on) order by d.decided_on, d.id)
        from applications_decision d join applications_application a on a.id = d.application_id
        where a.citizen_id = p.id), '[]'::jsonb));
    update citizens_citizen set municipality_id = m.to_municipality_id, created_by = app_actor() where id = p.id;
    delete from cases_casemember where citizen_id = p.id and from_on >= app_today();
    update cases_casemember set until_on = app_today() - 1
    where citizen_id = p.id and coalesce(until_on, 'infinity') >= app_today();
    update cases_breakglass set until_at = now() where citizen_id = p.id and until_at > now();
    update citizens_consent set withdrawn_at = now()
    where citizen_id = p.id and purpose = 'external_actor' and withdrawn_at is null;
    update cases_case set team_id = team, next_step = '', next_step_on = null, last_step_on = app_today() where id = k.id;
    insert into cases_casemember (id, citizen_id, case_id, user_id, role, from_on)
    values (member, p.id, k.id, lead, 'lead', app_today());
    -- What is worked out from the profile is worked out anew from what the new circle knows.
    delete from matching_joblist where citizen_id = p.id;
    if not coalesce(m.profile_goes, false) then
        delete from matching_personfile where citizen_id = p.id;
        delete from guidance_knownfacts where citizen_id = p.id;
        delete from jobs_workwish where citizen_id = p.id;
        delete from screening_answer where dialogue_id in (
            select d.id from screening_dialogue d where d.citizen_id = p.id and d.state <> 'agreed');
        delete from screening_dialogue where citizen_id = p.id and state <> 'agreed';
    end if;
    if not coalesce(m.plan_goes, false) then
        update plans_plan set state = 'closed', closed_on = app_today() where citizen_id = p.id and state <> 'closed';
    end if;
    delete from applications_document where application_id in (
        select a.id from applications_application a where a.citizen_id = p.id and a.state in ('draft', 'ready'));
    delete from applications_application where citizen_id = p.id and state in ('draft', 'ready');
    perform set_config('app.closing_taking', 'on', true);
    update closing_move set state = 'taken', to_team_id = team, cut = parting, ended_by_id = app_actor(), ended_at = now()
    where id = m.id;
    perform set_config('app.closing_taking', '', true);
end $$;

-- Citizens who have moved, and whether a row from before the move is read by employees of where they live now.
create function closing_parted() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select m.citizen_id from closing_move m where m.state = 'taken')
$$;
create function closing_goes_along(person uuid, row_id uuid, what text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select not exists(
        select from closing_move m
        where m.citizen_id = person and m.state = 'taken' and row_id < m.cut
          and not case what when 'profile' then coalesce(m.profile_goes, false)
                            when 'plan' then coalesce(m.plan_goes, false) else false end)
$$;
create function closing_parted_at(person uuid) returns timestamptz language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select max(m.ended_at) from closing_move m where m.citizen_id = person and m.state = 'taken'
$$;
-- A grant that still holds goes along with its application; the rest of what was applied for does not.
create function closing_is_running(application uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from applications_decision d where d.application_id = application
                  and d.outcome in ('granted', 'partly') and coalesce(d.until_on, 'infinity') >= app_today())
        or exists(select from applications_application a where a.id = application
                  and a.state in ('sent', 'acknowledged', 'more_wanted', 'complained'))
$$;
-- A proposal goes along when a job came of it.
create function closing_is_job(proposal uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from placements_placement p where p.proposal_id = proposal and p.state in ('agreeing', 'agreed'))
$$;

do $$
declare
    wall record;
    old_row text := 'citizen_id not in (select unnest(closing_parted())) or citizen_id is not distinct from (select app_self())';
begin
    for wall in select * from (values
        ('screening_dialogue', 'closing_goes_along(citizen_id, id, ''profile'')'),
        ('screening_answer', 'closing_goes_along(citizen_id, id, ''profile'')'),
        ('screening_agreement', 'closing_goes_along(citizen_id, id, ''profile'')'),
        ('guidance_toldfact', 'closing_goes_along(citizen_id, id, ''profile'')'),
        ('guidance_guidanceanswer', 'closing_goes_along(citizen_id, id, ''profile'')'),
        ('plans_supportdecision', 'closing_goes_along(citizen_id, id, ''profile'')'),
        ('plans_plan', 'closing_goes_along(citizen_id, id, ''plan'')'),
        ('plans_goal', 'closing_goes_along(citizen_id, id, ''plan'')'),
        ('plans_action', 'closing_goes_along(citizen_id, id, ''plan'')'),
        ('matching_card', 'company_id in (select unnest(app_companies())) or closing_goes_along(citizen_id, id, ''profile'')'),
        ('matching_proposal', 'company_id in (select unnest(app_companies())) or closing_is_job(id)'
                              ' or closing_goes_along(citizen_id, id, '''')'),
        ('matching_proposalstep', 'closing_is_job(proposal_id) or closing_goes_along(citizen_id, id, '''')'),
        ('cases_note', 'closing_goes_along(citizen_id, id, '''')'),
        ('cases_breakglass', 'closing_goes_along(citizen_id, id, '''')'),
        ('cases_lookquestion', 'closing_goes_along(citizen_id, id, '''')'),
        ('applications_application', 'closing_is_running(id) or closing_goes_along(citizen_id, id, '''')'),
        ('applications_decision', 'closing_is_running(application_id) or closing_goes_along(citizen_id, id, '''')'),
        ('applications_document', 'closing_is_running(application_id) or closing_goes_along(citizen_id, id, '''')'),
        ('applications_claim', 'closing_is_running(application_id) or closing_goes_along(citizen_id, id, '''')'),
        ('applications_vacancy', 'closing_goes_along(citizen_id, id, '''')'),
        ('applications_negotiation', 'closing_goes_along(citizen_id, id, '''')'),
        ('courses_enrolment', 'closing_goes_along(citizen_id, id, '''') or session_id in (select unnest(courses_run_sessions()))'),
        ('courses_attendance', 'closing_goes_along(citizen_id, id, '''') or enrolment_id in (select unnest(courses_run_enrolments()))'),
        ('courses_courseoutcome', 'closing_goes_along(citizen_id, id, '''') or enrolment_id in (select unnest(courses_run_enrolments()))'),
        ('closing_closing', 'closing_goes_along(citizen_id, id, '''')'),
        ('closing_lastword', 'closing_goes_along(citizen_id, id, '''')'),
        ('closing_reopening', 'closing_goes_along(citizen_id, id, '''')'),
        ('teams_handover', 'closing_goes_along(citizen_id, id, '''')'),
        ('teams_handoverentry', 'closing_goes_along(citizen_id, id, '''')'),
        ('teams_routingdecision', 'closing_goes_along(citizen_id, id, '''')'),
        ('external_actors_engagement', 'closing_goes_along(citizen_id, id, '''') or id in (select unnest(external_engagements()))'),
        ('external_actors_engagementapproval', 'closing_goes_along(citizen_id, id, '''')'),
        ('external_actors_engagemententry', 'closing_goes_along(citizen_id, id, '''')'),
        ('follow_up_talk', 'company_id in (select unnest(app_companies())) or closing_goes_along(citizen_id, id, ''profile'')'),
        ('follow_up_helprequest', 'closing_goes_along(citizen_id, id, '''')'),
        ('follow_up_sickleave', 'company_id in (select unnest(app_companies())) or closing_goes_along(citizen_id, id, ''profile'')'),
        ('follow_up_signalanswer', 'closing_goes_along(citizen_id, id, '''')'),
        ('meetings_meeting', 'company_id in (select unnest(app_companies())) or closing_goes_along(citizen_id, id, '''')'),
        ('key_persons_invitation', 'closing_goes_along(citizen_id, id, '''')')
    ) as walls(name, goes) loop
        execute format('create policy before_move on %I as restrictive for select using (%s or %s)', wall.name, old_row, wall.goes);
    end loop;
end $$;
-- The history holds the words too: what was changed before the move is read by the citizen alone.
create policy before_move on audit_change as restrictive for select
    using (citizen_id is null or citizen_id not in (select unnest(closing_parted()))
           or citizen_id is not distinct from (select app_self()) or at > closing_parted_at(citizen_id));
create policy before_move on audit_event as restrictive for select
    using (citizen_id is null or citizen_id not in (select unnest(closing_parted()))
           or citizen_id is not distinct from (select app_self()) or actor_id = (select app_actor())
           or at > closing_parted_at(citizen_id));

-- What the old unit did, for its team leads who answer for it: what, when and who - never words.
create function closing_old_acts(kept uuid) returns table(happened_at timestamptz, verb text, name text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select e.at, e.verb, u.display_name::text
    from closing_movedaway k join closing_move m on m.id = k.move_id
    join audit_event e on e.citizen_id = k.citizen_id and e.at <= m.ended_at
    join accounts_user u on u.id = e.actor_id and u.kind = 'staff'
    where k.id = kept and k.unit_id = any((select app_led_units())::uuid[])
      and exists(select from accounts_position p join organisations_unitmunicipality s on s.unit_id = p.unit_id
                 where p.user_id = e.actor_id and s.municipality_id = k.municipality_id)
    order by e.at desc limit 500
$$;

-- Jobs go along with the person: their companies and openings are read by the new circle, although they are partners of
-- another municipality.
create function closing_carried_companies() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct p.company_id from placements_placement p
                 where p.citizen_id = any((select closing_parted())::uuid[]) and p.citizen_id = any((select app_citizens())::uuid[])
                   and p.state in ('agreeing', 'agreed', 'ended'))
$$;
create function closing_carried_openings() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct p.opening_id from placements_placement p
                 where p.citizen_id = any((select closing_parted())::uuid[]) and p.citizen_id = any((select app_citizens())::uuid[])
                   and p.state in ('agreeing', 'agreed', 'ended'))
$$;
create policy carried_along on employers_company for select using (id in (select unnest(closing_carried_companies())));
create policy carried_along on jobs_opening for select using (id in (select unnest(closing_carried_openings())));
