-- A municipality's rhythm tells nobody anything about a person: everybody reads it. Its administrators and team leads add
-- to it, in their own name; nobody changes or removes what has held.
alter table follow_up_rhythm enable row level security;
create policy all_read on follow_up_rhythm for select using (true);
create policy own_name on follow_up_rhythm for insert
    with check (set_by_id = (select app_actor()) and municipality_id = any((select app_deadline_municipalities())::text[]));
create trigger history after insert or update or delete on follow_up_rhythm for each row execute function history_row();

-- The company reads and writes its own answers, at its own tables, and nothing that the citizen said.
create policy table_of on follow_up_talk for select
    using (party = 'employer' and company_id in (select unnest(app_companies()))
           and placement_id in (select unnest(app_table_placements())));
create policy own_talk on follow_up_talk for insert
    with check (party = 'employer' and company_id in (select unnest(app_companies()))
                and placement_id in (select unnest(app_table_placements())));
create policy own_answers on follow_up_talk for update
    using (party = 'employer' and company_id in (select unnest(app_companies()))
           and placement_id in (select unnest(app_table_placements())))
    with check (party = 'employer' and company_id in (select unnest(app_companies())));
create policy table_of on follow_up_helprequest for select
    using (party = 'employer' and company_id in (select unnest(app_companies()))
           and placement_id in (select unnest(app_table_placements())));
create policy own_call on follow_up_helprequest for insert
    with check (party = 'employer' and company_id in (select unnest(app_companies()))
                and placement_id in (select unnest(app_table_placements())));

-- What hangs together is of one citizen and one company, in one's own name, each party for itself.
create function follow_up_speaks_as(citizen uuid, company uuid, party text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select case
        when citizen = app_self() then party = 'citizen'
        when company = any(app_companies()) then party = 'employer'
        else app_keeps_partners()
    end
$$;
create function follow_up_is_talk_of(talk uuid, citizen uuid, placement uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select talk is null or exists(select from follow_up_talk t
        where t.id = talk and t.citizen_id = citizen and (placement is null or t.placement_id = placement))
$$;
create policy belongs on follow_up_talk as restrictive for insert
    with check (made_by_id = (select app_actor()) and app_is_placement_of(placement_id, citizen_id, company_id)
                and follow_up_speaks_as(citizen_id, company_id, party) and read_at is null
                and ((select app_keeps_partners()) or (channel = 'here' and noted_by = '')));
create policy own_part on follow_up_talk as restrictive for update
    with check (follow_up_speaks_as(citizen_id, company_id, party));
create policy staff_only on follow_up_talklink as restrictive for insert
    with check (sent_by_id = (select app_actor()) and (select app_keeps_partners())
                and follow_up_is_talk_of(talk_id, citizen_id, null));
create policy staff_change on follow_up_talklink as restrictive for update with check ((select app_keeps_partners()));
create policy belongs on follow_up_helprequest as restrictive for insert
    with check (asked_by_id = (select app_actor()) and done_at is null
                and (placement_id is null or app_is_placement_of(placement_id, citizen_id, company_id))
                and follow_up_is_talk_of(talk_id, citizen_id, placement_id)
                and follow_up_speaks_as(citizen_id, company_id, party));
create policy staff_answer on follow_up_helprequest as restrictive for update
    with check (done_by_id = (select app_actor()) and (select app_keeps_partners()));
create policy belongs on follow_up_sickleave as restrictive for insert
    with check (noted_by_id = (select app_actor()) and app_is_placement_of(placement_id, citizen_id, company_id)
                and follow_up_speaks_as(citizen_id, null, 'citizen'));
create policy own_part on follow_up_sickleave as restrictive for update
    with check (follow_up_speaks_as(citizen_id, null, 'citizen'));
create policy belongs on follow_up_signalanswer as restrictive for insert
    with check (made_by_id = (select app_actor()) and (select app_keeps_partners())
                and exists(select from placements_placement p
                           where p.id = placement_id and p.citizen_id = follow_up_signalanswer.citizen_id));

-- What was answered stands; that somebody has read it is all that comes after, once.
create function follow_up_talk_stands() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.state = 'answered'
       and to_jsonb(new) - 'read_at' - 'read_by_id' is distinct from to_jsonb(old) - 'read_at' - 'read_by_id'
    then
        raise insufficient_privilege using message = 'permission denied: what was answered stands';
    end if;
    if (new.read_at, new.read_by_id) is distinct from (old.read_at, old.read_by_id)
       and (old.read_at is not null or new.read_by_id is distinct from app_actor() or not app_keeps_partners())
    then
        raise insufficient_privilege using message = 'permission denied: somebody of the municipality reads it, once';
    end if;
    return new;
end $$;
revoke all on function follow_up_talk_stands() from public;
create trigger stands before update on follow_up_talk for each row execute function follow_up_talk_stands();
create function follow_up_help_stands() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if old.done_at is not null then
        raise insufficient_privilege using message = 'permission denied: what was done stands';
    end if;
    return new;
end $$;
revoke all on function follow_up_help_stands() from public;
create trigger stands before update on follow_up_helprequest for each row execute function follow_up_help_stands();

-- One talk by its link, without login. The application knows the hash of the token and nothing else; who acts in the
-- history is the machine. Everything else of person and placement stays behind the wall.
create function follow_up_link_row(token bytea, out link follow_up_talklink, out talk follow_up_talk, out state text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    work placements_placement;
begin
    select * into link from follow_up_talklink l where l.token_hash = token;
    if not found then
        return;
    end if;
    select * into talk from follow_up_talk t where t.id = link.talk_id;
    select * into work from placements_placement p where p.id = talk.placement_id;
    state := case
        when link.state <> 'open' then link.state
        when talk.state = 'answered' then 'used'
        when link.until_at <= now() then 'expired'
        when work.state <> 'agreed' then 'over'
        when (select c.is_protected from citizens_citizen c where c.id = talk.citizen_id) then 'over'
        when talk.party = 'employer' and (select c.state = 'closed' from employers_company c where c.id = talk.company_id)
            then 'over'
        else 'open'
    end;
end $$;
revoke all on function follow_up_link_row(bytea) from public;

-- The areas that an employer may be asked about: those on a card that holds today.
create function follow_up_card_areas(placement uuid) returns jsonb language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(jsonb_agg(distinct need ->> 'area'), '[]'::jsonb)
    from placements_placement p join matching_card c on c.proposal_id = p.proposal_id,
         jsonb_array_elements(c.content -> 'needs') need
    where p.id = placement and c.withdrawn_at is null and c.from_on <= app_today() and c.until_on >= app_today()
$$;
create function follow_up_link_open(token bytea, browser bytea) returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    found_row record;
    is_here boolean;
    wording placements_agreementversion;
    team uuid;
begin
    select * into found_row from follow_up_link_row(token);
    if (found_row.link).id is null then
        return null;
    end if;
    is_here := coalesce((found_row.link).browser_hash = browser, false);
    if not is_here then
        return jsonb_build_object(
            'state', found_row.state, 'is_here', false, 'is_begun', (found_row.link).browser_hash is not null);
    end if;
    select * into wording from placements_agreementversion v
    where v.placement_id = (found_row.talk).placement_id
      and (select count(*) from placements_signature s where s.version_id = v.id) = 3
    order by v.number desc limit 1;
    select k.team_id into team from cases_case k where k.citizen_id = (found_row.talk).citizen_id;
    return jsonb_build_object(
        'state', found_row.state, 'is_here', true, 'is_begun', true,
        'party', (found_row.talk).party,
        'asked', case when (found_row.talk).party = 'employer' then (found_row.talk).asked || jsonb_build_object('areas', (
            select coalesce(jsonb_agg(area), '[]'::jsonb) from jsonb_array_elements((found_row.talk).asked -> 'areas') area
            where follow_up_card_areas((found_row.talk).placement_id) @> area)) else (found_row.talk).asked end,
        'answers', case when found_row.state = 'open' then (found_row.talk).answers else '{}'::jsonb end,
        'title', case when (found_row.talk).party = 'employer' and found_row.state = 'open'
            then (select p.title from placements_placement p where p.id = (found_row.talk).placement_id) else '' end,
        'name', case when (found_row.talk).party = 'employer' and found_row.state = 'open' then wording.name else '' end,
        'phone', (select coalesce(nullif(u.phone, ''), m.phone, '')
                  from organisations_team t join organisations_unit u on u.id = t.unit_id
                  join citizens_citizen c on c.id = (found_row.talk).citizen_id
                  join organisations_municipality m on m.code = c.municipality_id where t.id = team),
        'answerers', (select coalesce(jsonb_agg(k.user_id order by case k.role when 'lead' then 1 when 'buddy' then 2 else 3 end, k.id), '[]'::jsonb)
                      from cases_casemember k where k.citizen_id = (found_row.talk).citizen_id and k.role <> 'adviser'
                        and k.from_on <= app_today() and coalesce(k.until_on, 'infinity') >= app_today()),
        'has_asked', exists(select from follow_up_helprequest h where h.talk_id = (found_row.talk).id),
        'talk_id', (found_row.talk).id
    );
end $$;

-- The machine acts for one statement; afterwards it is again nobody, or whoever it was.
create function follow_up_as_machine() returns text language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := coalesce(current_setting('app.actor_id', true), '');
begin
    perform set_config('app.actor_id', '00000000-0000-7000-8000-000000000001', true);
    return before;
end $$;
revoke all on function follow_up_as_machine() from public;

-- Begun in this browser. Another browser begins anew: what was written in the first is gone and never shown.
create function follow_up_link_begin(token bytea, browser bytea) returns text language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    found_row record;
    before text;
begin
    if length(browser) <> 32 then
        raise insufficient_privilege using message = 'a browser has a mark of 32 bytes';
    end if;
    perform from follow_up_talklink l where l.token_hash = token for update;
    select * into found_row from follow_up_link_row(token);
    if (found_row.link).id is null or found_row.state <> 'open' or (found_row.link).browser_hash = browser then
        return found_row.state;
    end if;
    before := follow_up_as_machine();
    update follow_up_talklink set browser_hash = browser where id = (found_row.link).id;
    update follow_up_talk set state = 'begun', channel = 'link', answers = '{}'::jsonb where id = (found_row.talk).id;
    perform set_config('app.actor_id', before, true);
    return 'open';
end $$;

-- Saved, not sent yet: only in the browser that began.
create function follow_up_link_save(token bytea, browser bytea, told jsonb) returns text language plpgsql volatile
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found_row record;
    before text;
begin
    perform from follow_up_talklink l where l.token_hash = token for update;
    select * into found_row from follow_up_link_row(token);
    if (found_row.link).id is null or found_row.state <> 'open' then
        return found_row.state;
    end if;
    if (found_row.link).browser_hash is distinct from browser then
        return 'elsewhere';
    end if;
    if jsonb_typeof(told) <> 'object' or length(told::text) > 20000 then
        raise insufficient_privilege using message = 'these are no answers';
    end if;
    before := follow_up_as_machine();
    update follow_up_talk set state = 'begun', answers = told where id = (found_row.talk).id;
    perform set_config('app.actor_id', before, true);
    return 'open';
end $$;

-- Sent, once. Whoever wants to talk has asked for help in the same act.
create function follow_up_link_send(token bytea, browser bytea, help_id uuid, answer_by date) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found_row record;
    before text;
    talk follow_up_talk;
begin
    perform from follow_up_talklink l where l.token_hash = token for update;
    select * into found_row from follow_up_link_row(token);
    if (found_row.link).id is null or found_row.state <> 'open' then
        return found_row.state;
    end if;
    if (found_row.link).browser_hash is distinct from browser then
        return 'elsewhere';
    end if;
    talk := found_row.talk;
    before := follow_up_as_machine();
    update follow_up_talk set state = 'answered', answered_at = now() where id = talk.id;
    update follow_up_talklink set state = 'used' where id = (found_row.link).id;
    if talk.answers -> 'wants_talk' = 'true'::jsonb then
        insert into follow_up_helprequest (id, citizen_id, company_id, placement_id, talk_id, party, words, asked_at,
                                           asked_on, answer_by, done_text)
        values (help_id, talk.citizen_id, talk.company_id, talk.placement_id, talk.id, talk.party, '', now(),
                app_today(), greatest(answer_by, app_today() + 1), '');
    end if;
    insert into audit_event (actor_id, request_id, verb, citizen_id, subject, detail)
    values (app_actor(), app_request(), 'talk_answered', talk.citizen_id, 'talk:' || talk.id,
            jsonb_build_object('party', talk.party, 'channel', 'link'));
    update cases_case set last_step_on = app_today()
    where citizen_id = talk.citizen_id and last_step_on < app_today() and talk.party = 'citizen';
    perform set_config('app.actor_id', before, true);
    return 'open';
end $$;

-- It reached somebody else: the link is dead, what was begun through it is gone, and the municipality sees it.
create function follow_up_link_stop(token bytea) returns text language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    found_row record;
    before text;
begin
    perform from follow_up_talklink l where l.token_hash = token for update;
    select * into found_row from follow_up_link_row(token);
    if (found_row.link).id is null or (found_row.link).state <> 'open' then
        return found_row.state;
    end if;
    before := follow_up_as_machine();
    update follow_up_talklink set state = 'stopped' where id = (found_row.link).id;
    update follow_up_talk set state = 'asked', answers = '{}'::jsonb where id = (found_row.talk).id and state <> 'answered';
    insert into audit_event (actor_id, request_id, verb, citizen_id, subject, detail)
    values (app_actor(), app_request(), 'talk_link_stopped', (found_row.talk).citizen_id,
            'talk:' || (found_row.talk).id, '{}'::jsonb);
    perform set_config('app.actor_id', before, true);
    return 'stopped';
end $$;
