"""Search as people type in Chinese: the words of a query, the index of what can be found, what answers best."""
