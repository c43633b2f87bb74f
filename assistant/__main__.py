"""``python -m assistant``: the same as the console script."""

from assistant.cli import main

if __name__ == "__main__":
    main()
