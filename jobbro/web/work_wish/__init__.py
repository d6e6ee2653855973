"""When, how much and how far somebody wants to work, and what they can do."""
