alter table worklist_savedfilter enable row level security;
create policy own on worklist_savedfilter using (user_id = (select app_actor())) with check (user_id = (select app_actor()));
create trigger history after insert or update or delete on worklist_savedfilter
    for each row execute function history_row();
