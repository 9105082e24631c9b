"""Shipped networks trained further on a hospital's own patients, judged before and after on others of them."""
