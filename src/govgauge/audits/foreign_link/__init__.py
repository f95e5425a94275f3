"""Whether links lead to gambling, pornographic, parked or otherwise alien sites."""
