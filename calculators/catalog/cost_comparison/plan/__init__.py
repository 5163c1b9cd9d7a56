"""What to try first, and when to stop: from rows given as data, whatever they are."""
