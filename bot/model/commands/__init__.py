"""The commands that services execute, by topic."""
