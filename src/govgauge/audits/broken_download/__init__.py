"""Attachments that cannot be had."""
