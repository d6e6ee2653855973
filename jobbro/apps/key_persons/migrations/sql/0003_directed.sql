-- A question that was directed to one person is theirs too: a team without a resource person is sent to another team's.
-- That holds while they stand in the register of the unit.
create function key_persons_served() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select unit_id from key_persons_own() union select unit_id from key_persons_covered()
                 union select unnest(key_persons_units()))
$$;
create function key_persons_answers(unit uuid, team uuid, directed uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select key_persons_answers(unit, team) or coalesce(directed = app_actor() and unit = any(key_persons_served()), false)
$$;
create policy directed on key_persons_question for select
    using (directed_to_id = (select app_actor()) and unit_id = any((select key_persons_served())::uuid[]));
create policy directed_moved on key_persons_question for update
    using (directed_to_id = (select app_actor()) and unit_id = any((select key_persons_served())::uuid[]))
    with check ((select key_persons_is_staff()));

create or replace function key_persons_question_moves() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    me uuid := app_actor();
    answering boolean := me <> old.asker_id and key_persons_answers(old.unit_id, old.team_id, old.directed_to_id);
    leads boolean := old.unit_id = any(app_led_units());
    asks boolean := me = old.asker_id;
    fits boolean;
begin
    fits := case old.state || ' ' || new.state
        when 'asked taken' then answering and new.taken_by_id = me
        when 'asked answered' then answering and new.taken_by_id = me
        when 'taken taken' then new.taken_by_id = old.taken_by_id
        when 'taken answered' then answering and new.taken_by_id = me
        when 'taken asked' then (old.taken_by_id = me or leads) and new.taken_by_id is null
        when 'answered taken' then asks and new.taken_by_id = old.taken_by_id
        when 'asked closed' then (asks or leads) and new.taken_by_id is null
        when 'taken closed' then (asks or leads) and new.taken_by_id = old.taken_by_id
        when 'answered closed' then (asks or leads) and new.taken_by_id = old.taken_by_id
        else old.state = new.state and new.taken_by_id is not distinct from old.taken_by_id
    end;
    if fits is not true then
        raise insufficient_privilege using message = 'a question does not move like this';
    end if;
    if (old.answered_at is not null and (new.answered_at, new.answer_minutes) is distinct from (old.answered_at, old.answer_minutes))
       or (new.answered_at is distinct from old.answered_at and new.state <> 'answered')
       or (new.entry_id is distinct from old.entry_id and not answering)
       or (new.due_on <> old.due_on and old.state || ' ' || new.state <> 'answered taken') then
        raise insufficient_privilege using message = 'what was measured and kept of a question stands';
    end if;
    return new;
end $$;
create or replace function key_persons_may_turn(question uuid, kind text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from key_persons_question q where q.id = question and case
        when key_persons_may_turn.kind in ('taken', 'answer')
            then q.asker_id <> app_actor() and key_persons_answers(q.unit_id, q.team_id, q.directed_to_id)
        when key_persons_may_turn.kind = 'released'
            then key_persons_answers(q.unit_id, q.team_id, q.directed_to_id) or q.unit_id = any(app_led_units())
        when key_persons_may_turn.kind = 'follow_up' then q.asker_id = app_actor() and key_persons_is_staff()
        else (q.asker_id = app_actor() and key_persons_is_staff()) or q.unit_id = any(app_led_units())
    end)
$$;

-- The keyed marks of names behind the questions that an entry was made of, for whoever writes it on: the questions
-- themselves may be another unit's.
create function key_persons_entry_marks(entry uuid) returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct m from key_persons_question q, unnest(q.name_marks) m
                 join key_persons_entry e on e.id = entry
                 where q.entry_id = entry and e.municipality_id = any((select key_persons_municipalities())::text[]))
$$;
