package io.freshet.platform;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the database is and who signs in: from {@code
 * postgres://user:password@host:port/name?option=value} or a JDBC URL.
 */
public record DatabaseAddress(String jdbcUrl, Optional<String> user, Optional<String> password) {
  private static final String FORM = "postgres://user:password@host:port/name";

  public static DatabaseAddress parse(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new DatabaseAddress(url, Optional.empty(), Optional.empty());
    }
    URI uri = uri(url);
    boolean known = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw new OperatorException(
          "DATABASE_URL must look like " + FORM + " or jdbc:postgresql://host:port/name.");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    return new DatabaseAddress(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
        decoded(login, 0),
        decoded(login, 1));
  }

  /** The address without anything secret, for messages. */
  public String shown() {
    return jdbcUrl.replaceFirst("^jdbc:", "").replaceFirst("\\?.*$", "");
  }

  @Override
  public String toString() {
    return shown();
  }

  private static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new OperatorException(
          "DATABASE_URL is not a URL of the form "
              + FORM
              + " (write special characters of the password as %XX).",
          e);
    }
  }

  private static Optional<String> decoded(String[] login, int index) {
    return index < login.length && !login[index].isEmpty()
        ? Optional.of(URLDecoder.decode(login[index].replace("+", "%2B"), StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
