"""The chosen cases of earlier assessments: who, what, in which category, and which checks measure what they can do."""
