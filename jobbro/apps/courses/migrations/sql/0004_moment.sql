create or replace function courses_settle(session uuid, moment timestamptz)
returns table(enrolment_id uuid, citizen_id uuid, confirm_by date, became text)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    held courses_session;
    free integer;
begin
    select * into held from courses_session s where s.id = session for update;
    if not found or held.state <> 'open' then
        return;
    end if;
    -- Nobody ends a list before its time by naming a later moment than today's end.
    moment := least(moment, (app_today() + 1)::timestamp at time zone 'Europe/Copenhagen');
    perform set_config('app.courses_settling', 'on', true);
    return query update courses_enrolment e
        set state = 'left', left_from = 'offered', left_reason = 'no_answer', state_on = app_today()
        where e.session_id = session and e.state = 'offered'
          and (e.confirm_by < app_today() or held.begins_at <= moment)
        returning e.id, e.citizen_id, e.confirm_by, 'no_answer'::text;
    if held.begins_at <= moment then
        return query update courses_enrolment e
            set state = 'left', left_from = 'waiting', left_reason = 'full', state_on = app_today()
            where e.session_id = session and e.state = 'waiting'
            returning e.id, e.citizen_id, null::date, 'full'::text;
    else
        select held.seats - count(*) into free from courses_enrolment e
        where e.session_id = session and e.state in ('offered', 'seat', 'completed', 'not_completed');
        return query update courses_enrolment e
            set state = 'offered', state_on = app_today(),
                confirm_by = least(app_today() + held.confirm_days,
                                   greatest(app_today(), (held.begins_at at time zone 'Europe/Copenhagen')::date - 1))
            where e.id in (select w.id from courses_enrolment w where w.session_id = session and w.state = 'waiting'
                           order by w.joined_at, w.id limit greatest(free, 0))
            returning e.id, e.citizen_id, e.confirm_by, 'offered'::text;
    end if;
    perform set_config('app.courses_settling', '', true);
end $$;
