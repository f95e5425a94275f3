"""Reading what was gathered: pages become columns, articles, policies, guides, messages, datasets and marks."""
