"""Django's settings, the pages, and what programs ask: the foundation that workspace and portal stand on."""
