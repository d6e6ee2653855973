"""The overview of matching for those who lead and those who work with citizens."""
