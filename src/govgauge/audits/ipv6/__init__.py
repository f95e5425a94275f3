"""ipv6: the host has no AAAA record, or is not reachable over IPv6."""
