"""Open jobs: for those who keep them, for the company, and for everybody."""
