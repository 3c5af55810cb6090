"""Speed and size of the application, as ratios to a bare equivalent measured in the same run."""
