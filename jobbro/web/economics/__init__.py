"""What combinations of schemes cost and give: the pages."""
