"""`jobbro schemes`: the rules of the compensating schemes, kept and asked from the command line."""
