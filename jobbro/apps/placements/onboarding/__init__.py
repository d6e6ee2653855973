"""The way into a job: what is proposed from the agreed support, and what a manager is told at each step."""
