"""Commands that use the network: an archive asked, and the node that serves it."""
