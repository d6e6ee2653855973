"""Writes of the jobs app: import from the modules, one for each thing people do."""
