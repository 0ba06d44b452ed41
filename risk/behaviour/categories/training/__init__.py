"""Fits the classifier of categories from our own descriptors. Serving never imports this."""
