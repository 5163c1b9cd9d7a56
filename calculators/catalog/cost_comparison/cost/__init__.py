"""What every row costs: the algebra of a cost, and the terms of the cost model by subject."""
