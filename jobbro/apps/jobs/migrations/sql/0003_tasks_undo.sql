drop function app_is_task_in_job(uuid);
