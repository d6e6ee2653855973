-- A municipality's own deadlines are published by law: everybody reads them. Its administrators and team leads add to
-- them, in their own name; nobody changes or removes what has held.
create function app_deadline_municipalities() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.municipality_id from app_positions() p
                 join organisations_unitmunicipality s on s.unit_id = p.unit_id
                 where p.role in ('administrator', 'team_lead')
                   and s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today())
$$;
alter table applications_owndeadline enable row level security;
create policy all_read on applications_owndeadline for select using (true);
create policy own_name on applications_owndeadline for insert
    with check (recorded_by_id = (select app_actor())
                and municipality_id = any((select app_deadline_municipalities())::text[]));
create trigger history after insert or update or delete on applications_owndeadline
    for each row execute function history_row();

-- As before; and which deadline the day was counted by is the municipality's word too, of its own deadlines and this scheme.
create or replace function application_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.state <> 'draft' and new."values" is distinct from old."values"
       or old.form is not null and (new.form, new.channel, new.sent_on) is distinct from (old.form, old.channel, old.sent_on)
    then
        raise insufficient_privilege using message = 'permission denied: what was sent stands as it was sent';
    end if;
    if new.own_deadline_id is distinct from old.own_deadline_id and new.own_deadline_id is not null
       and not exists(select from applications_owndeadline d join citizens_citizen c on c.municipality_id = d.municipality_id
                      where d.id = new.own_deadline_id and d.scheme = new.scheme and c.id = new.citizen_id)
    then
        raise insufficient_privilege using message = 'permission denied: that deadline is another municipality''s or scheme''s';
    end if;
    if not row_security_active('applications_application') or app_self() is null then
        return new;
    end if;
    if (new.received_on, new.decide_by, new.own_deadline_id, new.wanted)
           is distinct from (old.received_on, old.decide_by, old.own_deadline_id, old.wanted)
       or new.forwarded_on is not null and new.forwarded_on is distinct from old.forwarded_on
       or new.state <> old.state and (old.state, new.state) not in (
           ('draft', 'ready'), ('ready', 'draft'), ('ready', 'sent'), ('more_wanted', 'acknowledged'),
           ('decided', 'complained'), ('draft', 'decided'), ('ready', 'decided'), ('sent', 'decided'),
           ('acknowledged', 'decided'), ('more_wanted', 'decided'))
    then
        raise insufficient_privilege using message = 'permission denied: that step is the municipality''s';
    end if;
    return new;
end $$;
