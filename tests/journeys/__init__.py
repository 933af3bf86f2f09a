"""A real browser walks the site."""
