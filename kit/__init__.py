"""Plumbing that three packages need. Imports nothing of ours."""
