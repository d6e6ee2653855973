update matching_joblist set listed = jsonb_array_length(entries),
    proposed = (select count(*) from jsonb_array_elements(entries) e where e ? 'proposed');

-- What a kept proposal rests on, without whom it is about: for the worker that computes it again (`jobbro match replay`).
create function app_kept_proposal(proposal uuid) returns table (
    rule_version text, person_input jsonb, opening_input jsonb, measures_input jsonb, answer jsonb)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select p.rule_version, p.person_input, p.opening_input, p.measures_input, p.answer from matching_proposal p
    where p.id = proposal and (select app_lists_jobs())
$$;

-- How lists and proposals fall, counted by group; never a person. Age only as a band of those whose day of birth is
-- known as a fact of the schemes; nothing else about who somebody is. Numbers below five are kept back by the reader.
create function matching_parity(day date)
returns table (dimension text, band text, persons bigint, listed bigint, proposed bigint, as_is bigint, with_support bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with people as (
        select c.municipality_id as municipality, f.content, l.listed, l.proposed,
            l.entries -> 0 ->> 'verdict' as first_verdict,
            24 - (select count(*) from jsonb_object_keys(f.content -> 'capacity')) as unknown,
            (f.content ->> 'max_km')::numeric as km, (f.content -> 'hours' ->> 1)::numeric as hours,
            extract(year from age(day, k.birth_date)) as years
        from matching_joblist l join matching_personfile f on f.citizen_id = l.citizen_id
        join citizens_citizen c on c.id = l.citizen_id
        left join guidance_knownfacts k on k.citizen_id = l.citizen_id
        where (select app_lists_jobs())
    ), grouped as (
        select p.*, g.dimension, g.band from people p cross join lateral (values
            ('municipality', p.municipality),
            ('reach', case when p.km <= 10 then '0-10' when p.km <= 30 then '11-30' when p.km <= 60 then '31-60'
                           else '61-' end),
            ('hours', case when p.hours <= 10 then '0-10' when p.hours <= 20 then '11-20' when p.hours <= 30 then '21-30'
                           else '31-' end),
            ('unknown', case when p.unknown <= 4 then '0-4' when p.unknown <= 11 then '5-11'
                             when p.unknown <= 19 then '12-19' else '20-24' end),
            ('age', case when p.years is null then '?' when p.years < 30 then '-29' when p.years < 45 then '30-44'
                         when p.years < 60 then '45-59' else '60-' end)
        ) as g(dimension, band)
    )
    select dimension, band, count(*), count(*) filter (where listed > 0), count(*) filter (where proposed > 0),
        count(*) filter (where first_verdict = 'as_is'), count(*) filter (where first_verdict = 'with_support')
    from grouped group by dimension, band order by dimension, band
$$;
