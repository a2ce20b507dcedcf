"""Words in English and in Vietnamese. Nothing here knows a track."""
