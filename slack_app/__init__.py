"""What people touch: Slack listeners, their blocks, later work and web pages."""
