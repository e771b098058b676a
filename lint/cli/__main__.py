"""`python -m notelint.lint.cli`, for where the command is not on the path."""

from . import main

main()
