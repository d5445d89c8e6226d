"""What a person does with a proposal, one function for each act."""
