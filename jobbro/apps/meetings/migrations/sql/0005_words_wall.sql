-- The words are the citizen's and the circle's: no policy lets a company at them. Staff who book write them.
create policy belongs on meetings_meetingwords as restrictive for insert
    with check ((select app_keeps_partners()) and exists(
        select from meetings_meeting m where m.id = meeting_id and m.citizen_id = meetings_meetingwords.citizen_id));
create policy staff_change on meetings_meetingwords as restrictive for update
    using ((select app_keeps_partners())) with check ((select app_keeps_partners()));

-- A meeting is called off with the reason written first.
create function meetings_off_has_reason() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists(select from meetings_meetingwords w where w.meeting_id = new.id and w.reason <> '') then
        raise check_violation using message = 'a meeting is called off with a reason';
    end if;
    return new;
end $$;
revoke all on function meetings_off_has_reason() from public;
create trigger off_has_reason before update of state on meetings_meeting for each row
    when (new.state = 'cancelled' and old.state <> 'cancelled') execute function meetings_off_has_reason();

-- Of the others at the table a company is told who of the municipality comes, and not what they wrote with their answer.
drop policy company_of on meetings_meetingparticipant;
create policy company_of on meetings_meetingparticipant for select
    using (party = 'company' and company_id in (select unnest(app_companies()))
           and meeting_id in (select unnest(meetings_of_companies())));
create function meetings_company_seats(meeting uuid) returns setof meetings_meetingparticipant language sql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
    select (jsonb_populate_record(p, case when p.party = 'staff' then '{"answer_note": "", "noted_by": ""}' else '{}' end::jsonb)).*
    from meetings_meetingparticipant p
    where p.meeting_id = meeting and p.party in ('company', 'staff') and p.left_at is null
      and p.company_id in (select unnest(app_companies())) and meeting in (select unnest(meetings_of_companies()))
$$;
