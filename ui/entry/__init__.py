"""The server's door, and the script that it runs for each visitor."""
