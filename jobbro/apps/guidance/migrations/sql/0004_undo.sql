drop function guidance_to_refresh(timestamptz, date, integer);
