"""third-party-tracker: pages load trackers of third parties."""
