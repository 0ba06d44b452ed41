"""Learned categories: what a payment is for, guessed from how banks print it, for merchants that no table knows."""

from risk.behaviour.categories.classifier import Learned, load_classifier

__all__ = ["Learned", "load_classifier"]
