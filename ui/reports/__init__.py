"""What is shown of results: pictures, pages, workbooks and sentences."""
