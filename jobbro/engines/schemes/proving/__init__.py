"""Properties of the rules proved by z3 (MIT), for those who keep them; not part of what runs for users."""
