"""Companies as partners: the pages of staff."""
