-- The list and the result read the same newest contact, also of two that were noted in the same moment. `only_own`
-- counts those whom the actor works with: what remains of the total must not be of a few.
create function outreach_counted(effort uuid, only_own boolean, out listed bigint, out contacted bigint, out yes bigint,
                                 out no bigint, out not_now bigint, out not_reached bigint, out dialogue bigint,
                                 out plan bigint, out job bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with people as (
        select p.citizen_id, newest.response, newest.contacted_on
        from outreach_outreachperson p join outreach_outreacheffort e on e.id = p.effort_id
        left join lateral (select k.response, k.contacted_on from outreach_outreachcontact k
                           where k.person_id = p.id order by k.noted_at desc, k.id desc limit 1) newest on true
        where e.id = effort and e.municipality_id = any((select app_municipalities())::text[])
          and (select outreach_reads())
          and (not only_own or p.citizen_id = any((select app_citizens())::uuid[])))
    select count(*), count(n.response), count(*) filter (where n.response = 'yes'),
           count(*) filter (where n.response = 'no'), count(*) filter (where n.response = 'not_now'),
           count(*) filter (where n.response = 'not_reached'),
           count(*) filter (where w.dialogue), count(*) filter (where w.plan), count(*) filter (where w.job)
    from people n left join lateral outreach_followed(n.citizen_id, n.contacted_on) w on n.response is not null
$$;
drop function outreach_result(uuid);
