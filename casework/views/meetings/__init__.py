"""Pages of meetings: planning, preparing, attending, holding, minutes."""
