-- Having registered somebody shows them for an hour: nobody dates it ahead. Five minutes for clocks that differ.
create policy not_ahead on citizens_citizen as restrictive for insert with check (created_at < now() + interval '5 minutes');
-- Nobody makes themselves a citizen whom they see as an employee.
create policy not_oneself on citizens_citizen as restrictive for update
    with check (user_id is distinct from (select app_actor()) or id = (select app_self()));
