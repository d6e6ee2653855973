drop function outreach_counted(uuid, boolean);
create function outreach_result(effort uuid, out listed bigint, out contacted bigint, out yes bigint, out no bigint,
                                out not_now bigint, out not_reached bigint, out dialogue bigint, out plan bigint, out job bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with people as (
        select p.citizen_id, p.added_on, newest.response, newest.contacted_on
        from outreach_outreachperson p join outreach_outreacheffort e on e.id = p.effort_id
        left join lateral (select k.response, k.contacted_on from outreach_outreachcontact k
                           where k.person_id = p.id order by k.noted_at desc limit 1) newest on true
        where e.id = effort and e.municipality_id = any((select app_municipalities())::text[])
          and (select outreach_reads()))
    select count(*), count(n.response), count(*) filter (where n.response = 'yes'),
           count(*) filter (where n.response = 'no'), count(*) filter (where n.response = 'not_now'),
           count(*) filter (where n.response = 'not_reached'),
           count(*) filter (where n.response is not null and w.dialogue),
           count(*) filter (where n.response is not null and w.plan),
           count(*) filter (where n.response is not null and w.job)
    from people n cross join lateral outreach_followed(n.citizen_id, coalesce(n.contacted_on, n.added_on)) w
$$;
