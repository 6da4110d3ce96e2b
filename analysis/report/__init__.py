"""Reports: one set of figures, from which a page, a document, a spreadsheet and open data are made."""
