-- Whoever stops a run says so and nothing else: what a run came to is the worker's to write.
alter policy stopped on matching_matchrun
    using (state in ('waiting', 'running') and (select app_has_role(array['team_lead', 'administrator'])))
    with check (stop_asked and state in ('waiting', 'running', 'stopped') and spread = '{}'::jsonb and failure = ''
                and (select app_has_role(array['team_lead', 'administrator'])));
