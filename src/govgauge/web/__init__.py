"""Django settings, and later the pages."""
