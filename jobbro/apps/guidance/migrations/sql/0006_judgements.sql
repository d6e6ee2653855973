-- In the row of known facts a judgement stands only as somebody who assesses has told it: whoever else brings the row up
-- to date copies it, or takes it out when its time is over.
create function known_judgements_stand() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    before jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
begin
    -- The owner, whom no policy stops, loads rows that were checked elsewhere.
    if not row_security_active('guidance_knownfacts') or app_assesses() then
        return new;
    end if;
    if exists(
        select from jsonb_each(to_jsonb(new)) as now(code, value)
        where left(now.code, 9) = 'assessed_' and now.value <> 'null' and now.value is distinct from before -> now.code
          and now.value is distinct from (
              select t.value from guidance_toldfact t where t.citizen_id = new.citizen_id and t.code = now.code
              order by t.told_at desc, t.id desc limit 1))
    then
        raise insufficient_privilege using message = 'permission denied: judgements are made by those who assess';
    end if;
    return new;
end $$;
create trigger judgements before insert or update on guidance_knownfacts
    for each row execute function known_judgements_stand();
