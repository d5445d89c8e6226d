"""What a decider does with a slate, one function for each act. Lock order: season, then slate."""
