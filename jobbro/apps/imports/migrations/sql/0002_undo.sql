drop trigger history on imports_importbatch;
drop policy need_to_know on imports_importrow;
alter table imports_importrow disable row level security;
drop policy need_to_know on imports_importbatch;
alter table imports_importbatch disable row level security;
drop function import_forget(timestamptz);
drop function import_known(text, text, bytea);
drop function app_import_batches();
