"""Vocabularies as data: one TSV a table, read by `zfreport.vocab`."""
