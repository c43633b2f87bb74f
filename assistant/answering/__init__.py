"""Passages → an answer with verified citations."""
