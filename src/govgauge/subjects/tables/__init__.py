"""Lists of subjects as tables, XLSX and CSV: a row for each subject, with its site, and one for each further outlet."""
