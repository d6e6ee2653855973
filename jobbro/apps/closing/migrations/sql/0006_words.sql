-- What was written about a meeting parts with it.
create policy before_move on meetings_meetingwords as restrictive for select
    using (citizen_id not in (select unnest(closing_parted())) or citizen_id is not distinct from (select app_self())
           or closing_goes_along(citizen_id, meeting_id, ''));
