"""The carving workshop: from a workplace's tasks to a job that was not there before."""
