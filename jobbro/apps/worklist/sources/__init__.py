"""What needs doing in the apps that stood before the worklist: one file an app, each a query a need."""
