"""Who is assessed: bodies, their levels, divisions and groups, their sites and accounts, the sample lists by year."""
