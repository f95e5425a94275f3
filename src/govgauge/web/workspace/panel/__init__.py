"""The panel of innovation cases and what comes of it: pages of experts, of the chair, and of the public."""
