"""How a person answers, each part by itself."""
