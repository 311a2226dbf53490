"""``python -m cli`` is ``kiroku``."""

from cli.main import main

if __name__ == "__main__":
    main()
