package io.freshet.platform.cluster;

/** What can be wrong with the protocol: each must be caught. */
enum Flaw {
  NONE,
  /** A change is not appended to the log. */
  NO_APPEND,
  /** A change stays in the shared cache. */
  NO_REMOVE,
  /** A value is filled in though its lease has ended. */
  FILLED_WITHOUT_LEASE,
  /** Processes do not tell each other which log they see. */
  HOMES_NOT_TOLD,
  /** A change that was not appended does not begin a new epoch. */
  NO_NEW_EPOCH,
  /** A log that comes back is read on though another one was in use meanwhile. */
  NO_EPOCH_OF_A_HOME,
  /** A node learns of a new home after it has spoken to it. */
  HOME_KNOWN_LATE,
  /** A read does not look at the log. */
  NO_CATCH_UP
}
