"""One file for each page; a page shows, it does not compute."""
