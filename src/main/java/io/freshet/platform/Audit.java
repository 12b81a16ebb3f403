package io.freshet.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: who signed in or was refused, changed a password, ended sessions, removed an
 * account, or ran an administration command. Lines go to the logger {@code audit}, which an
 * operator may lead elsewhere, with the request's id beside them. They name accounts by id, never a
 * handle, a token or an address. Thread-safe; a line costs some microseconds.
 */
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger("audit");

  /** For {@code account} where nobody is known, as in a sign-in with an unknown handle. */
  public static final long NOBODY = 0;

  private Audit() {}

  /**
   * Something was done.
   *
   * @param deed a fixed word such as {@code sign-in}, never text from outside
   * @param account whose account it was, or {@link #NOBODY}
   */
  public static void done(String deed, long account) {
    LOG.atInfo()
        .addKeyValue("deed", deed)
        .addKeyValue("outcome", "done")
        .addKeyValue("account", account)
        .log("{} done", deed);
  }

  /**
   * Something was tried and refused.
   *
   * @param why a fixed word such as {@code wrong-password}, never text from outside
   */
  public static void refused(String deed, long account, String why) {
    LOG.atWarn()
        .addKeyValue("deed", deed)
        .addKeyValue("outcome", "refused")
        .addKeyValue("account", account)
        .addKeyValue("why", why)
        .log("{} refused", deed);
  }
}
