"""An archive over the network: asked, fetched from and sent to by DIMSE (:mod:`.dimse`) or DICOMweb (:mod:`.web`)."""
