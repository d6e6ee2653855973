"""The carving engine: tasks of many posts bundled into the best jobs that fit the persons, with a proven bound."""
