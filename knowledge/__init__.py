"""What may be quoted: our own articles, found by words and by meaning. Knows no customer and no customer's money."""
