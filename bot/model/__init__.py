"""The town's words, pure: one noun a file."""
