"""Reads of the mobility app: import from the modules, one a page."""
