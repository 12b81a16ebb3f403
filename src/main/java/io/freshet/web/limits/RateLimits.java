package io.freshet.web.limits;

import io.freshet.account.AccountId;
import io.freshet.platform.BusyException;
import io.freshet.platform.LimitSettings;
import io.freshet.platform.Rate;
import io.freshet.web.Bearer;
import io.freshet.web.Problem;
import io.freshet.web.ProblemKind;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.WebException;
import io.github.bucket4j.ConsumptionProbe;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Refuses who asks for too much, before anything is done for them: a 429 that says when to come
 * back. Every answer says what is left, in the headers of the IETF's draft "RateLimit header fields
 * for HTTP". Thread-safe.
 */
public final class RateLimits {
  /**
   * How often nodes tell each other: so short that no flood gets far, and yet one script for
   * hundreds of requests.
   */
  public static final Duration EXCHANGE = Duration.ofMillis(200);

  private static final HeaderName POLICY = HeaderNames.create("RateLimit-Policy");
  private static final HeaderName STATE = HeaderNames.create("RateLimit");

  /** One limit as it stands after a request. */
  private record Standing(Limit limit, Rate rate, ConsumptionProbe probe) {
    String policy() {
      return name() + ";q=" + rate.most() + ";w=" + rate.per().toSeconds();
    }

    /** What is left, and the seconds until nothing is used any more. */
    String state() {
      long left = Math.max(0, probe.getRemainingTokens());
      return name() + ";r=" + left + ";t=" + seconds(probe.getNanosToWaitForReset());
    }

    private String name() {
      return '"' + limit.policy() + '"';
    }

    long pause() {
      return Math.max(1, seconds(probe.getNanosToWaitForRefill()));
    }

    private static long seconds(long nanos) {
      return Math.ceilDiv(nanos, 1_000_000_000L);
    }
  }

  private final Optional<Quotas> quotas;
  private final Addresses addresses;
  private final Semaphore free;
  private final LongAdder refused = new LongAdder();

  /**
   * @param shared with the other nodes, if there are others
   */
  public RateLimits(
      LimitSettings settings,
      Addresses addresses,
      InstantSource clock,
      Optional<SharedUses> shared) {
    this.quotas =
        settings.isEnabled() ? Optional.of(new Quotas(settings, clock, shared)) : Optional.empty();
    this.addresses = addresses;
    this.free = new Semaphore(settings.inFlight());
  }

  /** Where a request comes from, as far as it is known. */
  public InetAddress address(ServerRequest request) {
    return addresses.of(request);
  }

  /** The same operations, limited. */
  public Resource over(Resource resource, Bearer bearer) {
    if (quotas.isEmpty()) {
      return resource;
    }
    List<Route> routes =
        resource.routes().stream()
            .map(route -> Actions.isFree(route) ? route : route.with(over(route, bearer)))
            .toList();
    return () -> routes;
  }

  private Handler over(Route route, Bearer bearer) {
    Optional<Limit> own = Actions.own(route);
    return (request, response) -> {
      charge(request, response, own, bearer);
      if (!free.tryAcquire()) {
        throw new BusyException("as many requests are under way as may");
      }
      try {
        route.handler().handle(request, response);
      } finally {
        free.release();
      }
    };
  }

  private void charge(
      ServerRequest request, ServerResponse response, Optional<Limit> own, Bearer bearer) {
    Optional<AccountId> account = bearer.known(request);
    Who address = Who.address(addresses.of(request));
    Who caller = account.map(id -> Who.account(id.value())).orElse(address);
    List<Standing> standings = new ArrayList<>(2);
    if (own.filter(Limit::isInstead).isEmpty()) {
      take(account.isPresent() ? Limit.SIGNED_IN : Limit.ANONYMOUS, caller, standings);
    }
    own.ifPresent(limit -> take(limit, limit.isOfAddress() ? address : caller, standings));
    standings.forEach(standing -> tell(standing, response));
    standings.forEach(this::require);
  }

  /**
   * Counts an attempt to sign in with this name, from wherever it comes: who guesses one password
   * from many addresses is stopped too.
   */
  public void attempt(String name, ServerResponse response) {
    List<Standing> standings = new ArrayList<>(1);
    take(Limit.SIGN_IN_NAME, Who.name(name), standings);
    standings.forEach(standing -> tell(standing, response));
    standings.forEach(this::require);
  }

  private void take(Limit limit, Who who, List<Standing> to) {
    quotas.ifPresent(all -> to.add(new Standing(limit, all.rate(limit), all.take(limit, who))));
  }

  private static void tell(Standing standing, ServerResponse response) {
    response.headers().add(POLICY, standing.policy());
    response.headers().add(STATE, standing.state());
  }

  private void require(Standing standing) {
    if (!standing.probe().isConsumed()) {
      refused.increment();
      throw refusal(standing);
    }
  }

  private static WebException refusal(Standing standing) {
    Rate rate = standing.rate();
    String detail =
        "At most %d of \"%s\" in %d seconds are allowed: wait %d seconds"
            .formatted(
                rate.most(), standing.limit().policy(), rate.per().toSeconds(), standing.pause());
    return Problem.of(ProblemKind.TOO_MANY_REQUESTS, detail)
        .withHeader("Retry-After", Long.toString(standing.pause()))
        .thrown();
  }

  /** To be called every {@link #EXCHANGE} where there are other nodes. */
  public void exchange() {
    quotas.ifPresent(Quotas::exchange);
  }

  /** Requests refused for their number so far. */
  public long refused() {
    return refused.sum();
  }
}
