"""What is on record: facts, answers and who asked, each row written once and never changed."""
