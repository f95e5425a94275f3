"""Certificates in the workspace: the office's lists and verbs, and the holders' files."""
