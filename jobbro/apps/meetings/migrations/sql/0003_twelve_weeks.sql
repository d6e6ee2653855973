-- Of a job that has ended the company reads the meetings for twelve weeks more, as it reads everything else of it.
create or replace function meetings_of_companies() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select m.id from meetings_meeting m
        where m.company_id = any((select app_companies())::uuid[])
          and (exists(select from matching_card c where c.citizen_id = m.citizen_id and c.company_id = m.company_id
                      and c.withdrawn_at is null and c.from_on <= app_today() and c.until_on >= app_today())
               or exists(select from placements_placement p where p.citizen_id = m.citizen_id
                         and p.company_id = m.company_id
                         and (p.state = 'agreed' or (p.state = 'ended' and p.ended_on + 84 >= app_today())))))
$$;
