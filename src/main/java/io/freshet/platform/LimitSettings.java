package io.freshet.platform;

/**
 * How much one caller may ask for.
 *
 * @param isEnabled off for benches and tests: then nobody is limited
 * @param signedIn requests of an account
 * @param anonymous requests without a token, of an address
 * @param signUps of an address
 * @param signIns of an address, and as often with one handle
 * @param posts written or edited, of an account
 * @param comments of an account
 * @param mail addresses set, of an account
 * @param uploads of an account
 * @param downloads of media and of the page's files, of an address
 * @param live connections opened and commands sent over them by requests, of an address
 * @param connections open at once from one address that is no trusted proxy's
 * @param liveConnections open at once from one address
 * @param inFlight requests of all callers at once
 */
public record LimitSettings(
    boolean isEnabled,
    Rate signedIn,
    Rate anonymous,
    Rate signUps,
    Rate signIns,
    Rate posts,
    Rate comments,
    Rate mail,
    Rate uploads,
    Rate downloads,
    Rate live,
    int connections,
    int liveConnections,
    int inFlight) {

  static LimitSettings read(ConfigSource from) {
    return new LimitSettings(
        from.flag("limits.enabled", true),
        from.rate("limits.signedIn", "1500/5m"),
        from.rate("limits.anonymous", "300/5m"),
        from.rate("limits.signUps", "5/30m"),
        from.rate("limits.signIns", "25/5m"),
        from.rate("limits.posts", "60/5m"),
        from.rate("limits.comments", "120/5m"),
        from.rate("limits.mail", "10/30m"),
        from.rate("limits.uploads", "30/30m"),
        from.rate("limits.downloads", "3000/5m"),
        from.rate("limits.live", "1200/5m"),
        from.number("limits.connections", 512, 1, 1_000_000),
        from.number("limits.liveConnections", 1_000, 1, 1_000_000),
        from.number("limits.inFlight", 1_024, 1, 1_000_000));
  }
}
