"""What takes longer than `make test` may, drawn at random: `python -m tests.soak --minutes N`."""
