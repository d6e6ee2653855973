"""Writes of the placements app: import from the modules, one for each thing people do."""
