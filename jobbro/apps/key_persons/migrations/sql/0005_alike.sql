-- What is spelt nearly so is looked for in the titles: comparing a word with every word of 20,000 answers took half a minute.
create index entry_alike on key_persons_entry using gin (key_persons_fold(title) gin_trgm_ops);
create or replace function key_persons_find(stems text[], how text, scheme text, grp text, most integer, skip integer)
returns table (entry_id uuid, total bigint) language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
declare
    mine text[] := app_municipalities();
    asked tsquery := (select string_agg(quote_literal(s) || ':*', ' | ') from unnest(stems) s)::tsquery;
    parts text[] := array(select '%' || replace(replace(replace(s, '\', '\\'), '%', '\%'), '_', '\_') || '%' from unnest(stems) s);
    longest text := (select s from unnest(stems) s order by length(s) desc, s limit 1);
    part text := (select p from unnest(parts) p order by length(p) desc, p limit 1);
begin
    if not key_persons_is_staff() then
        return;
    end if;
    if cardinality(stems) = 0 then
        return query
            select e.id, count(*) over () from key_persons_entry e
            where (e.municipality_id = any(mine) or e.is_wide) and e.withdrawn_at is null
              and (scheme = '' or e.schemes @> array[scheme]::varchar[]) and (grp = '' or e.groups @> array[grp]::varchar[])
            order by coalesce(e.valid_until, 'infinity') < app_today(), e.changed_at desc, e.id
            limit most offset skip;
    elsif how = 'all' then
        return query
            select e.id, count(*) over () from key_persons_entry e
            where e.folded like part and e.folded like all(parts)
              and (e.municipality_id = any(mine) or e.is_wide) and e.withdrawn_at is null
              and (scheme = '' or e.schemes @> array[scheme]::varchar[]) and (grp = '' or e.groups @> array[grp]::varchar[])
            order by coalesce(e.valid_until, 'infinity') < app_today(), ts_rank(e.search, asked) desc, e.id
            limit most offset skip;
    elsif how = 'any' then
        return query
            select e.id, count(*) over () from key_persons_entry e
            where e.search @@ asked
              and (e.municipality_id = any(mine) or e.is_wide) and e.withdrawn_at is null
              and (scheme = '' or e.schemes @> array[scheme]::varchar[]) and (grp = '' or e.groups @> array[grp]::varchar[])
            order by coalesce(e.valid_until, 'infinity') < app_today(), ts_rank(e.search, asked) desc, e.id
            limit most offset skip;
    else
        return query
            select c.id, count(*) over () from (
                select e.id, word_similarity(longest, key_persons_fold(e.title)) near, e.valid_until from key_persons_entry e
                where longest <% key_persons_fold(e.title)
                  and (e.municipality_id = any(mine) or e.is_wide) and e.withdrawn_at is null
                  and (scheme = '' or e.schemes @> array[scheme]::varchar[]) and (grp = '' or e.groups @> array[grp]::varchar[])
                limit 300) c
            order by coalesce(c.valid_until, 'infinity') < app_today(), c.near desc, c.id
            limit most offset skip;
    end if;
end $$;
