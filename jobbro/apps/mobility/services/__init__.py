"""Writes of the mobility app: import from the modules, one for each thing people do."""
