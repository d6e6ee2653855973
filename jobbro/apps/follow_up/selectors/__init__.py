"""Reads of follow-up: import from the modules, one for each page."""
