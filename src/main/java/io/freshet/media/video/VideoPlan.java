package io.freshet.media.video;

import io.freshet.media.FileType;
import java.time.Duration;
import java.util.List;

/**
 * What the structure of a video says, and what has to be written over before others get it.
 *
 * @param width as it is shown, turned if the camera was
 */
record VideoPlan(FileType type, int width, int height, Duration duration, List<Patch> patches) {}
