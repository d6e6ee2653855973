"""The fair spread of proposals: everyone gets one before anyone gets two, each round with a proven bound."""
