"""The detector, further trained on real images in many contrasts."""
