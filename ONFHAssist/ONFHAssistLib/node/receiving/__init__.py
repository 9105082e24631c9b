"""What comes in: connections bounded, images checked and on the disk before they are acknowledged."""
