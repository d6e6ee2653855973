drop trigger dropped_has_reason on placements_onboardingtask;
drop function placements_dropped_has_reason();
drop policy staff_change on placements_onboardingtaskwords;
drop policy belongs on placements_onboardingtaskwords;
drop policy staff_change on placements_onboardingplanwords;
drop policy belongs on placements_onboardingplanwords;
create or replace function placements_task_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not row_security_active('placements_onboardingtask') or (select app_keeps_partners()) then
        return new;
    end if;
    if (new.owner = 'citizen') <> (new.citizen_id is not distinct from (select app_self()))
       or (new.title, new.step, new.owner, new.who, new.due_on, new.is_for_company, new.dropped_on, new.dropped_reason)
          is distinct from
          (old.title, old.step, old.owner, old.who, old.due_on, old.is_for_company, old.dropped_on, old.dropped_reason)
    then
        raise insufficient_privilege using message = 'permission denied: a task is ticked by whose it is';
    end if;
    return new;
end $$;
create or replace function placements_briefing_is_theirs() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    is_self boolean := new.citizen_id is not distinct from (select app_self());
begin
    if not row_security_active('placements_onboardingplan') then
        return new;
    end if;
    if (tg_op = 'INSERT' and new.briefing <> '')
       or (tg_op = 'UPDATE' and (new.briefing, new.briefing_by_id, new.briefing_on_behalf, new.briefing_at)
            is distinct from (old.briefing, old.briefing_by_id, old.briefing_on_behalf, old.briefing_at)
           and (new.briefing_by_id is distinct from (select app_actor()) or is_self <> (new.briefing_on_behalf = '')))
       or (tg_op = 'UPDATE' and is_self
           and (new.starts_on, new.mentor, new.start_note) is distinct from (old.starts_on, old.mentor, old.start_note))
    then
        raise insufficient_privilege using message = 'permission denied: these words are the citizen''s';
    end if;
    return new;
end $$;
