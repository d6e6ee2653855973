drop function jobs_close_openings(date, timestamptz);
