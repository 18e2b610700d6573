"""Readers of records: feedback, tables, files."""
