"""The task inventory of a workplace: tasks, what they ask, posts, the task library and spreadsheets."""
