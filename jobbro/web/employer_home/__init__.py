"""The employer's own pages: the company, proposals and their answers, needs for hands, and guides."""
