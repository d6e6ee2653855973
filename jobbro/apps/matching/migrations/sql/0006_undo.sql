drop policy night on matching_listedopening;
drop policy seekers on matching_listedopening;
alter table matching_listedopening disable row level security;
