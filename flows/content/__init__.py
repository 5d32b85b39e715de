"""What a town says of itself: content files that ship."""
