"""Writes of the matching app: import from the modules, one for each thing people do."""
