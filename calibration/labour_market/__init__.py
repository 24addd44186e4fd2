"""What unemployment does to the number of households, estimated on the departments."""
