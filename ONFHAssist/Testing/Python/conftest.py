"""Its presence puts this folder on the import path, so that every room's tests reach :mod:`shared_data`."""
