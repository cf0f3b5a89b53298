"""Values to text: Markdown, HTML, JSON, CSV, the terminal.  Nothing here decides what is said."""
