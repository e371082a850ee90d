"""How well articles are read into draft claims, against texts whose claims were marked by hand."""
