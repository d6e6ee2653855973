-- The words of an entry as they are searched: Danish stems of folded words, and the folded words for parts of words.
create function key_persons_entry_words() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    tags text := replace(array_to_string(new.schemes || new.groups, ' '), '_', ' ');
begin
    new.search := setweight(to_tsvector('danish', key_persons_fold(new.title)), 'A')
        || setweight(to_tsvector('danish', key_persons_fold(tags || ' ' || new.law)), 'B')
        || setweight(to_tsvector('danish', key_persons_fold(new.answer)), 'C');
    new.folded := key_persons_fold(new.title || ' ' || tags || ' ' || new.law || ' ' || new.answer);
    if tg_op = 'UPDATE' then
        new.number := old.number;
        if (new.title, new.answer, new.schemes, new.groups, new.law, new.law_url, new.is_wide, new.check_on, new.valid_until, new.withdrawn_at)
           is distinct from
           (old.title, old.answer, old.schemes, old.groups, old.law, old.law_url, old.is_wide, old.check_on, old.valid_until, old.withdrawn_at) then
            new.number := old.number + 1;
        end if;
    else
        new.number := 1;
    end if;
    return new;
end $$;
create trigger words before insert or update on key_persons_entry for each row execute function key_persons_entry_words();

create function key_persons_entry_kept() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'INSERT' or new.number <> old.number then
        insert into key_persons_entryversion (id, entry_id, number, title, answer, schemes, groups, law, law_url, is_wide,
            check_on, valid_until, withdrawn_at, changed_by_id, changed_at)
        values (gen_random_uuid(), new.id, new.number, new.title, new.answer, new.schemes, new.groups, new.law, new.law_url,
            new.is_wide, new.check_on, new.valid_until, new.withdrawn_at, new.changed_by_id, new.changed_at);
    end if;
    return null;
end $$;
create trigger kept after insert or update on key_persons_entry for each row execute function key_persons_entry_kept();

-- The stems of words that were looked for, without the words that say nothing (stop words), in their order.
create function key_persons_stems(plain text[]) returns text[] language sql stable
set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(array_agg(stem order by first), '{}') from (
        select (ts_lexize('danish_stem', key_persons_fold(w)))[1] stem, min(n) first
        from unnest(plain) with ordinality t(w, n)
        where ts_lexize('danish_stem', lower(w)) is distinct from '{}'::text[]
        group by 1) s
    where stem is not null
$$;

-- Entries that fit, best first: `all` (each stem is part of a word), `any` (one stem begins a word), `alike` (spelt nearly so).
-- A function of the owner, because under row-level security PostgreSQL uses no index of words; the same wall stands in it.
create function key_persons_find(stems text[], how text, scheme text, grp text, most integer, skip integer)
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
            select e.id, count(*) over () from key_persons_entry e
            where longest <% e.folded
              and (select bool_and(length(s) < 4 or s <% e.folded) from unnest(stems) s)
              and (e.municipality_id = any(mine) or e.is_wide) and e.withdrawn_at is null
              and (scheme = '' or e.schemes @> array[scheme]::varchar[]) and (grp = '' or e.groups @> array[grp]::varchar[])
            order by coalesce(e.valid_until, 'infinity') < app_today(), word_similarity(longest, e.folded) desc, e.id
            limit most offset skip;
    end if;
end $$;

-- How many found each of these entries useful; who did is nobody's business.
create function key_persons_useful_counts(entries uuid[]) returns table (entry_id uuid, number bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select u.entry_id, count(*) from key_persons_useful u join key_persons_entry e on e.id = u.entry_id
    where u.entry_id = any(entries)
      and (e.municipality_id = any((select app_municipalities())::text[]) or (e.is_wide and (select key_persons_is_staff())))
    group by 1
$$;

-- How long a unit usually takes to answer, in minutes of working time; nothing below five answers in a year.
create function key_persons_answer_times(day date) returns table (unit_id uuid, minutes double precision)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select q.unit_id, percentile_cont(0.5) within group (order by q.answer_minutes) from key_persons_question q
    where q.unit_id = any((select key_persons_near_units())::uuid[]) and q.answer_minutes is not null
      and q.asked_at >= day - interval '1 year'
    group by 1 having count(*) >= 5
$$;

-- Units whose use the actor may read as numbers: led, advised, and for analysts those of their municipalities.
create function key_persons_counted_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select unnest(app_led_units()) union select unnest(key_persons_units())
                 union select unit_id from key_persons_own()
                 union select distinct s.unit_id from organisations_unitmunicipality s
                 join organisations_unitmunicipality o on o.municipality_id = s.municipality_id
                 join app_positions() p on p.unit_id = o.unit_id and p.role = 'analyst'
                 where s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today())
$$;
-- Questions by quarter and by subject. A number from 1 to 4 comes as null: it is not told. No total, so that what is kept
-- back cannot be worked out; subjects overlap. `answered` is kept back too when only a few are unanswered.
create function key_persons_use(unit uuid, since date) returns table (kind text, code text, asked bigint, answered bigint, minutes double precision)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with q as (
        select x.answer_minutes m, x.schemes, x.groups,
               to_char(x.asked_at at time zone 'Europe/Copenhagen', 'YYYY-Q') quarter
        from key_persons_question x
        where x.unit_id = unit and unit = any((select key_persons_counted_units())::uuid[]) and x.asked_at >= since
    ), told as (
        select 'quarter' kind, quarter code, m from q
        union all select 'scheme', s, m from q, unnest(q.schemes) s
        union all select 'group', g, m from q, unnest(q.groups) g
        union all select 'none', '', m from q where cardinality(q.schemes) = 0 and cardinality(q.groups) = 0
    ), counted as (
        select t.kind, t.code, count(*) n, count(t.m) a, percentile_cont(0.5) within group (order by t.m) p
        from told t group by 1, 2
    )
    select c.kind, c.code, case when c.n >= 5 then c.n end,
           case when c.n >= 5 and c.a not between 1 and 4 and c.n - c.a not between 1 and 4 then c.a end,
           case when c.a >= 5 then c.p end
    from counted c order by 1, 2
$$;
