package io.freshet.media;

import java.nio.file.Path;

/** One file made of what was sent, not kept yet. */
public record Rendition(Path file, FileType type, int width, int height) {}
