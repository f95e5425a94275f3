"""`python -m govgauge` is the command govgauge."""

from govgauge.cli.main import main

if __name__ == "__main__":
    main()
