"""Pages of the contact point, of the sources that it asks, and of the officer who watches the terms."""
