"""The occupations engine: Danish job titles, what such work asks in the 24 areas, how sure that is, and search.

Import from the modules:
`occupations.py` (the table in use), `records.py` (its records), `task_library` (common tasks, skills, starting sets).
"""
