-- What hangs on an application or a post is about the same citizen; a foreign key looks past the wall and would let it
-- hang on anybody's.
create function app_is_application_of(application uuid, person uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from applications_application a where a.id = application and a.citizen_id = person)
$$;
create function app_is_vacancy_of(vacancy uuid, person uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from applications_vacancy v where v.id = vacancy and v.citizen_id = person)
$$;
create policy same_citizen on applications_decision as restrictive for insert
    with check (app_is_application_of(application_id, citizen_id));
create policy same_citizen on applications_document as restrictive for insert
    with check (app_is_application_of(application_id, citizen_id));
create policy same_citizen on applications_claim as restrictive for insert
    with check (app_is_application_of(application_id, citizen_id));
create policy same_citizen on applications_negotiation as restrictive for insert
    with check (app_is_vacancy_of(vacancy_id, citizen_id));

-- What was sent stands as it was sent. Of what the municipality says the citizen changes nothing, and of the steps the
-- citizen takes their own: writing, sending, answering, complaining and taking back.
create function application_stands() returns trigger language plpgsql
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
create trigger stands before update on applications_application for each row execute function application_stands();
