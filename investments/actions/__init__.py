"""What people do with investments, one function for each act."""
