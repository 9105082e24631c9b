"""The tables of a cohort: hips, examinations, failures and warnings, as CSV and Parquet with a schema."""
