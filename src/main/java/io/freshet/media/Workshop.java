package io.freshet.media;

import io.freshet.media.MediaException.Problem;
import io.freshet.media.image.ImageHeader;
import io.freshet.media.image.ImageHeaders;
import io.freshet.media.image.Pictures;
import io.freshet.media.video.Videos;
import io.freshet.platform.BusyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where files are made of what was sent. So many are worked at a time, and of the memory that
 * decoding takes so much is given out; who waits too long for either is told to come back ({@link
 * BusyException}). Decoding runs on a thread of its own, for it would hold the carrier of a virtual
 * one. Thread-safe.
 */
final class Workshop {
  /** What one waits for others' pictures. */
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** A picture of 40 megapixels takes some 5 seconds on a slow core. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** The share of the heap that decoded pixels may take. */
  private static final int HEAP_PARTS = 3;

  private static final int START_BYTES = 16;

  private final MediaLimits limits;
  private final InstantSource clock;
  private final Semaphore places;
  private final Semaphore memory;
  private final long mostPixels;

  /**
   * @param heap bytes that this process may take in all
   */
  Workshop(MediaLimits limits, long heap, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.places = new Semaphore(limits.atOnce(), true);
    long room = heap / HEAP_PARTS / Pictures.BYTES_A_PIXEL;
    this.mostPixels = Math.min(limits.pixels(), room);
    this.memory = new Semaphore(megapixels(room), true);
  }

  /** Puts the files into the directory, which must be there. */
  Made make(Path sent, Path directory) {
    byte[] start = start(sent);
    if (ImageHeaders.sniff(start).isPresent()) {
      requireSize(sent, limits.imageBytes(), "A picture");
      return taking(places, 1, () -> picture(sent, directory));
    }
    if (Videos.sniff(start).isPresent()) {
      requireSize(sent, limits.videoBytes(), "A video");
      return taking(places, 1, () -> Videos.make(sent, limits.longestVideo(), directory));
    }
    throw MediaException.file("is none of JPEG, PNG, WebP, GIF, MP4 and WebM");
  }

  /** Its size is known before it is decoded, and refused before anyone waits for memory. */
  private Made picture(Path sent, Path directory) {
    byte[] file = bytes(sent);
    ImageHeader header = Pictures.admit(file, mostPixels);
    int cost = megapixels(Math.max(header.pixels(), header.framePixels() / header.frames()));
    return taking(memory, cost, () -> onItsOwnThread(file, header, directory));
  }

  private Made onItsOwnThread(byte[] file, ImageHeader header, Path directory) {
    Deadline deadline = Deadline.in(DEADLINE, clock);
    FutureTask<Made> work =
        new FutureTask<>(() -> Pictures.make(file, header, deadline, directory));
    Thread thread = Thread.ofPlatform().daemon().name("decoder").start(work);
    try {
      return work.get(2 * DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (TimeoutException e) {
      deadline.check();
      throw new BusyException("a picture was not done in time");
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new BusyException("the server is stopping");
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException thrown -> thrown;
      case OutOfMemoryError none -> new BusyException("no memory for a picture");
      case null, default -> new IllegalStateException(e);
    };
  }

  private interface Work {
    Made done();
  }

  private static Made taking(Semaphore from, int permits, Work work) {
    try {
      if (!from.tryAcquire(permits, WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BusyException("too many pictures at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("the server is stopping");
    }
    try {
      return work.done();
    } finally {
      from.release(permits);
    }
  }

  private static int megapixels(long pixels) {
    return (int) Math.max(1, pixels / 1_000_000);
  }

  private static void requireSize(Path sent, long most, String what) {
    try {
      if (Files.size(sent) > most) {
        throw new MediaException(
            Problem.TOO_LARGE, "file", what + " has at most " + (most >> 20) + " MB");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] start(Path sent) {
    try (InputStream file = Files.newInputStream(sent)) {
      return file.readNBytes(START_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path sent) {
    try {
      return Files.readAllBytes(sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
