"""The revisions: one file each, named by its number."""
