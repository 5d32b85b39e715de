"""The town's data classes: pure, one noun per file."""
