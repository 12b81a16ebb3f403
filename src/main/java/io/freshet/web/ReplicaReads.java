package io.freshet.web;

import io.freshet.account.AccountId;
import io.freshet.platform.Replica;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import java.util.List;

/**
 * Lets GETs read from the replica on behalf of their caller, and has what callers change remembered
 * before they are answered, so that they always find their own writes.
 */
final class ReplicaReads {
  private final Replica replica;
  private final Bearer bearer;

  ReplicaReads(Replica replica, Bearer bearer) {
    this.replica = replica;
    this.bearer = bearer;
  }

  /** The same operations; untouched where there is no replica. */
  Resource over(Resource resource) {
    if (!replica.isConfigured()) {
      return resource;
    }
    List<Route> routes = resource.routes().stream().map(route -> route.with(over(route))).toList();
    return () -> routes;
  }

  private Handler over(Route route) {
    if (route.method().equals(Method.GET)) {
      return (request, response) -> {
        long caller = bearer.known(request).map(AccountId::value).orElse(0L);
        replica.reading(caller, () -> handle(route.handler(), request, response));
      };
    }
    return (request, response) -> {
      response.beforeSend(() ->
          bearer
              .known(request)
              .map(AccountId::value)
              .ifPresent(caller -> remember(caller, response.status())));
      route.handler().handle(request, response);
    };
  }

  /** Who was refused under load must not wait for a connection after all. */
  private void remember(long caller, Status status) {
    if (status.code() == Status.SERVICE_UNAVAILABLE_503.code()) {
      replica.mayHaveWritten(caller);
    } else {
      replica.wrote(caller);
    }
  }

  private static void handle(
      Handler handler,
      io.helidon.webserver.http.ServerRequest request,
      io.helidon.webserver.http.ServerResponse response) {
    try {
      handler.handle(request, response);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
