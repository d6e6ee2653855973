drop trigger ends_table on matching_proposal;
drop function table_ends_with_proposal();
