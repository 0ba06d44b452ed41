"""Measurements; each module's `measure` prints one line of figures."""
