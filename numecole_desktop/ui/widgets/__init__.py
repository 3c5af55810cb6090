"""Small widgets painted or composed by hand, without knowledge of the services."""
