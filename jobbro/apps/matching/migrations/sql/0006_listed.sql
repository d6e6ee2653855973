-- How many list a job is a plain fact for those who help and those who seek; the worker of the night writes it.
alter table matching_listedopening enable row level security;
create policy seekers on matching_listedopening for select using ((select app_reads_pool()));
create policy night on matching_listedopening using ((select app_lists_jobs())) with check ((select app_lists_jobs()));
