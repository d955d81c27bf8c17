"""Stories: what people do in Slack and what they then see, through the playground."""
