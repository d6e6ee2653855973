drop function app_is_partner_job(uuid), app_is_carving_for(uuid), app_is_task_for(uuid, uuid), app_is_carved_at(uuid, uuid),
    app_is_holder_of(uuid, uuid);
drop policy offered on employers_workplace;
drop policy offered on employers_company;
drop function app_offered_companies(), app_offered_tasks(), app_offered_jobs(), app_shown_jobs(), app_sees_carving(uuid),
    app_wage_companies();
