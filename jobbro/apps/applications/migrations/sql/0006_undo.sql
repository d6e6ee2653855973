create or replace function application_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.state <> 'draft' and new."values" is distinct from old."values"
       or old.form is not null and (new.form, new.channel, new.sent_on) is distinct from (old.form, old.channel, old.sent_on)
    then
        raise insufficient_privilege using message = 'permission denied: what was sent stands as it was sent';
    end if;
    if not row_security_active('applications_application') or app_self() is null then
        return new;
    end if;
    if (new.received_on, new.decide_by, new.wanted) is distinct from (old.received_on, old.decide_by, old.wanted)
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
drop trigger history on applications_owndeadline;
drop policy own_name on applications_owndeadline;
drop policy all_read on applications_owndeadline;
alter table applications_owndeadline disable row level security;
drop function app_deadline_municipalities();
