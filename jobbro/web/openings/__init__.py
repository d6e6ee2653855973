"""Open jobs: for those who keep them, for their company, and for everybody."""
