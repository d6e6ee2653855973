"""Writes of follow-up: import from the modules, one for each thing that people do."""
