"""`jobbro occupations`: the table of what work asks, made, looked up and searched from the command line."""
