"""An indicator system as an Excel workbook for editing, and back."""
