-- Reads all of a feed. KEYS[1] the feed. Answers its posts and the floor, 8 bytes each, or ''.
return all_of(KEYS[1])
