"""Who helps whom: new citizens spread over those who work with them, by need and load, exactly and with reasons."""
