"""exposed-file: a file that must not be public answers."""
