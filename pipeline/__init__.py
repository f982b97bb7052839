"""The film studio: from a seller's photos and words to finished promo films. Knows no chat and no queue."""
