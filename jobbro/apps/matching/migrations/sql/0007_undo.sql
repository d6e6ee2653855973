alter policy stopped on matching_matchrun
    using ((select app_has_role(array['team_lead', 'administrator'])))
    with check ((select app_has_role(array['team_lead', 'administrator'])));
