"""What things cost, as ratios: everything is measured side by side in one run (`python -m bench`)."""
