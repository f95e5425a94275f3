"""Certificates: what one says, its signature, its sheet as PDF, and whether a PDF is still what was signed."""
