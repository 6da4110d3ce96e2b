"""What officers watch."""
