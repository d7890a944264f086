"""What operators need: logs that hold nothing personal, health, metrics, backups, new content without a stop."""
