"""The officer's page: what was asked, and the answer, as a person reads them.

Pages are made on the server out of what the desk answers, and need no script. They show the bytes
that are on record, so that whoever reads a page and whoever reads the JSON reads the same.
"""
