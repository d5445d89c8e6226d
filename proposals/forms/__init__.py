"""The shape of what people enter about a proposal."""
