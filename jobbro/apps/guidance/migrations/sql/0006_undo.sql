drop trigger judgements on guidance_knownfacts;
drop function known_judgements_stand();
