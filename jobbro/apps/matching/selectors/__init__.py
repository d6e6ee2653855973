"""Reads of the matching app: import from the modules, one for each page."""
