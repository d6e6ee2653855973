drop policy own_name on guidance_guidanceanswer;
drop policy tellers_change on guidance_knownfacts;
drop policy tellers on guidance_knownfacts;
drop policy own_name on guidance_toldfact;
drop function app_assesses();
