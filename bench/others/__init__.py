"""What an ordinary Django project would have: plain tables, and the packages from the index that we compare with."""
