"""Installing: whether Palabre is in the workspace still, and what stops when it is taken out."""
