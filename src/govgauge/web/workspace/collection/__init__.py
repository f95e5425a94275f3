"""Pages of those who collect, and of those who plan what is collected."""
