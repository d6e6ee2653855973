drop function app_is_job_for_unseen(uuid);
