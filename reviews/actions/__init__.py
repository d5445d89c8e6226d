"""What people do on the reviews floor, by noun."""
