package io.freshet.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.freshet.account.AccountException.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords with Argon2id, 19 MiB, 2 passes, 1 lane (the OWASP password storage
 * advice). At most {@link #AT_ONCE} run at a time, so a flood of sign-ins takes time, not memory;
 * who waits longer than {@link #WAIT} is told to come back.
 */
public final class Passwords {
  static final int MIN_LENGTH = 8;
  static final int MAX_LENGTH = 128;
  private static final int AT_ONCE = 4;
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

  /** The most used passwords of eight characters and more; length alone does not stop them. */
  private static final Set<String> COMMON =
      Set.of(
          "password",
          "12345678",
          "123456789",
          "1234567890",
          "qwertyui",
          "qwertyuiop",
          "qwerty123",
          "1q2w3e4r",
          "1q2w3e4r5t",
          "1qaz2wsx",
          "iloveyou",
          "sunshine",
          "princess",
          "football",
          "baseball",
          "superman",
          "trustno1",
          "password1",
          "password123",
          "passw0rd",
          "p@ssw0rd",
          "p@ssword",
          "welcome1",
          "welcome123",
          "admin123",
          "administrator",
          "changeme",
          "letmein1",
          "abcd1234",
          "abc12345",
          "11111111",
          "00000000",
          "87654321",
          "987654321",
          "88888888",
          "12341234",
          "123123123",
          "asdfghjk",
          "asdfghjkl",
          "zxcvbnm1",
          "qazwsxedc",
          "starwars",
          "computer",
          "whatever",
          "internet",
          "michelle",
          "jennifer",
          "corvette",
          "bigdaddy",
          "mustang1");

  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final String nobodysHash = ARGON2.hash("nobody has this password").getResult();

  public String hash(String password) {
    validate(password);
    return rehash(password);
  }

  /** Of a password that was taken once: what is asked of new ones is not asked of it. */
  String rehash(String password) {
    return limited(() -> Password.hash(password).addRandomSalt(16).with(ARGON2).getResult());
  }

  /**
   * Takes the same time whether there is a hash or not, so that nobody learns who has an account.
   */
  boolean matches(String password, Optional<String> hash) {
    if (password.codePointCount(0, password.length()) > MAX_LENGTH) {
      return false;
    }
    String known = hash.orElse(nobodysHash);
    boolean same =
        limited(
            () -> Password.check(password, known).with(Argon2Function.getInstanceFromHash(known)));
    return same && hash.isPresent();
  }

  /** Whether the hash was made with other parameters than those of today. */
  static boolean isOutdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(ARGON2);
  }

  private static void validate(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new AccountException(
          Problem.INVALID,
          "password",
          "a password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
    }
    if (COMMON.contains(password.toLowerCase(java.util.Locale.ROOT))) {
      throw new AccountException(
          Problem.INVALID, "password", "this password is one of the most used: choose another");
    }
  }

  private <T> T limited(Supplier<T> work) {
    try {
      if (!permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AccountException(
            Problem.BUSY, "password", "too many sign-ins at once: try again in a moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AccountException(
          Problem.BUSY, "password", "the server is stopping: try again in a moment");
    }
    try {
      return work.get();
    } finally {
      permits.release();
    }
  }
}
