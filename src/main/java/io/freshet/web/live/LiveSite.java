package io.freshet.web.live;

import io.freshet.account.Access;
import io.freshet.account.Tickets;
import io.freshet.live.Live;
import io.freshet.web.Bearer;
import io.freshet.web.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that is served of live connections.
 *
 * @param elsewhere the address of the server that clients connect to instead of this one
 * @param tokens makes a connection token for an account and its session
 * @param tokenLife how long it is good for
 * @param apiKey opens the server API
 * @param isInsecure whether the server API needs no key if none is set
 */
public record LiveSite(
    Live live,
    Floor floor,
    Optional<String> elsewhere,
    Function<Access, String> tokens,
    Duration tokenLife,
    Optional<String> apiKey,
    boolean isInsecure) {

  /** Where clients connect: a path on this server, or the address of another. */
  String address() {
    return elsewhere.orElse(SocketResource.PATH);
  }

  /**
   * @param posts where the text of what is told comes from
   */
  public List<Resource> resources(Bearer bearer, Tickets tickets, PostedResource.Posts posts) {
    PostedResource.Pass pass = new PostedResource.Pass(tokens, tokenLife, floor.clock());
    List<Resource> everywhere =
        List.of(
            new PostedResource(live, pass, posts, bearer, tickets, floor),
            new TicketResource(tickets, bearer),
            new ConnectionTokensResource(this, bearer));
    List<Resource> here =
        List.of(
            new SocketResource(live, floor),
            new StreamResource(live, floor),
            new ApiResource(live, apiKey, isInsecure));
    return elsewhere.isPresent()
        ? everywhere
        : Stream.concat(everywhere.stream(), here.stream()).toList();
  }
}
