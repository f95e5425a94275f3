"""Whether readers are told that a link leads away from government sites."""
