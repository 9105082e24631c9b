"""To and from an archive (``archives``), and the node that receives studies, works them up and sends the objects back."""
