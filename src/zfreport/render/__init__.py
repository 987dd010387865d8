"""Reports for readers: terminal outline, plain data, pages, notebook views. Values in, text out."""
