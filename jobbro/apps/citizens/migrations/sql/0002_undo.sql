drop function citizens_known(text, bytea[]);
drop trigger history on citizens_citizen;
drop policy registration on citizens_citizen;
drop policy change on citizens_citizen;
drop policy need_to_know on citizens_citizen;
alter table citizens_citizen disable row level security;
