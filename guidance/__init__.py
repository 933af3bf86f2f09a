"""The help center: guides, self-checks, and the documents they are made of."""
