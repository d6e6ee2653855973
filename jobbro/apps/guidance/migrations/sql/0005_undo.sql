drop function guidance_talk_to(uuid[]);
drop policy counting on guidance_knownfacts;
drop function app_advised_citizens(), app_advised_units();
