"""What `python -m calculators` does, by what is asked of it; `calculators/__main__.py` hands each command on."""
