"""Machine-coded event data, such as GDELT, as leads: no facts, and not mixed with facts."""
