drop function meetings_company_seats(uuid);
drop policy company_of on meetings_meetingparticipant;
create policy company_of on meetings_meetingparticipant for select
    using (party in ('company', 'staff') and company_id in (select unnest(app_companies()))
           and meeting_id in (select unnest(meetings_of_companies())));
drop trigger off_has_reason on meetings_meeting;
drop function meetings_off_has_reason();
drop policy staff_change on meetings_meetingwords;
drop policy belongs on meetings_meetingwords;
