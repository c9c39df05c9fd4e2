"""`python -m bench`: ratios, side by side in one run. Absolute times are not printed: they hold for one machine."""

from __future__ import annotations

import warnings

from bench import house


def main() -> None:
    """Builds, measures, prints, and cleans up."""
    warnings.filterwarnings("ignore", message="No directory at")  # static files are not collected here
    print("Building two databases …", flush=True)
    with house.house() as there:
        from bench import rows, scale, sealing

        cast = scale.build(there)
        deeds = scale.pages(cast)
        scale.grow(there, cast)
        scale.report(deeds)
        house.move_to(house.LARGE)
        rows.report(cast)
        sealing.report(cast)


if __name__ == "__main__":
    main()
