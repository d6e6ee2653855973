drop trigger history on worklist_savedfilter;
drop policy own on worklist_savedfilter;
alter table worklist_savedfilter disable row level security;
