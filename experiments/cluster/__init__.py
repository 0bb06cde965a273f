"""What a task costs that is given to a cluster, beside one that is given to a process."""
