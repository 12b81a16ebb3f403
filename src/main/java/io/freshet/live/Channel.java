package io.freshet.live;

import io.freshet.live.protocol.Publication;
import io.freshet.live.protocol.Push;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel's subscribers on this node. In a channel with history they hear each publication once
 * and in the order of offsets, however the messages come: what was heard is passed over, and a gap
 * is filled from the stream. Thread-safe by its lock.
 */
final class Channel {
  final String name;
  final Keeping keeping;
  private final ReentrantLock lock = new ReentrantLock();
  private final Streams streams;
  private final Set<Subscription> subscribers = new HashSet<>(2);

  /** Connections that are here or about to be; at 0 the channel is given up for good. */
  private int users;

  private boolean isGivenUp;

  /** The last publication that the subscribers heard; unknown until the first is here. */
  private Position heard = Position.NONE;

  Channel(String name, Keeping keeping, Streams streams) {
    this.name = name;
    this.keeping = keeping;
    this.streams = streams;
  }

  /** Counts one user more; false if the channel has been given up meanwhile. */
  boolean use(Runnable first) {
    lock.lock();
    try {
      if (isGivenUp) {
        return false;
      }
      if (users == 0) {
        first.run();
      }
      users++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Counts one user less. */
  void release(Runnable last) {
    lock.lock();
    try {
      if (--users == 0) {
        isGivenUp = true;
        last.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a subscriber hear what comes after the position that it was told; what came since then it
   * is told now.
   */
  void add(Subscription subscriber, Position told) {
    lock.lock();
    try {
      subscriber.offset = told.offset();
      if (!told.epoch().isEmpty() && !agree(told)) {
        subscriber.connection.lose(subscriber);
        return;
      }
      subscribers.add(subscriber);
      if (heard.offset() > told.offset()) {
        fill(List.of(subscriber), told.offset());
        loseWhoMissed(subscriber);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a subscriber that was told this position stands in the stream that is heard here. */
  private boolean agree(Position told) {
    if (!heard.epoch().isEmpty() && !heard.epoch().equals(told.epoch())) {
      catchUp(streams.read(name, keeping, 0, 0, false).top());
    }
    if (heard.epoch().isEmpty() || (subscribers.isEmpty() && heard.offset() < told.offset())) {
      heard = told;
    }
    return heard.epoch().equals(told.epoch());
  }

  private void loseWhoMissed(Subscription subscriber) {
    if (subscriber.isPositioned && subscriber.offset < heard.offset()) {
      subscribers.remove(subscriber);
      subscriber.connection.lose(subscriber);
    }
  }

  void remove(Subscription subscriber) {
    lock.lock();
    try {
      subscribers.remove(subscriber);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param at the publication's position, or {@link Position#NONE} where no history is kept
   */
  void deliver(Publication publication, Position at) {
    lock.lock();
    try {
      if (at.epoch().isEmpty()) {
        tell(publication, subscribers);
      } else if (at.epoch().equals(heard.epoch()) && at.offset() == heard.offset() + 1) {
        tell(publication, subscribers);
        heard = at;
      } else {
        catchUp(at);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The stream stands here: tells what was not heard, or that it is lost. */
  void catchUp(Position top) {
    lock.lock();
    try {
      if (!top.epoch().equals(heard.epoch())) {
        lose();
        heard = top;
      } else if (top.offset() > heard.offset()) {
        if (!subscribers.isEmpty()) {
          long last = fill(subscribers, heard.offset());
          heard = new Position(Math.max(last, top.offset()), top.epoch());
          List.copyOf(subscribers).forEach(this::loseWhoMissed);
        } else {
          heard = top;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells what came after this offset without a gap, and says how far that is. */
  private long fill(Iterable<Subscription> to, long after) {
    long last = after;
    for (Publication missed : streams.read(name, keeping, after, -1, false).publications()) {
      if (missed.getOffset() != last + 1) {
        break;
      }
      tell(missed, to);
      last++;
    }
    return last;
  }

  /** Whoever counts on hearing everything is sent away, to come back and recover. */
  private void lose() {
    for (Subscription subscriber : List.copyOf(subscribers)) {
      if (subscriber.isPositioned) {
        subscribers.remove(subscriber);
        subscriber.connection.lose(subscriber);
      }
    }
  }

  /** Tells subscribers of a join or leave, or whatever else has no place in the stream. */
  void tellOf(Push.Builder push) {
    Outgoing message = Outgoing.push(push.setChannel(name));
    lock.lock();
    try {
      for (Subscription subscriber : subscribers) {
        if (subscriber.hearsJoins) {
          subscriber.connection.send(message);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void tell(Publication publication, Iterable<Subscription> to) {
    Outgoing message = Outgoing.push(Push.newBuilder().setChannel(name).setPub(publication));
    Deltas deltas = new Deltas(name, publication);
    for (Subscription subscriber : to) {
      if (publication.getOffset() == 0 || publication.getOffset() > subscriber.offset) {
        subscriber.offset = Math.max(subscriber.offset, publication.getOffset());
        if (subscriber.wantsDeltas) {
          deltas.tell(subscriber);
        } else {
          subscriber.connection.send(message);
        }
      }
    }
  }
}
