package io.freshet.web.live;

import io.freshet.account.Access;
import io.freshet.account.AccountId;
import io.freshet.account.Tickets;
import io.freshet.live.Live;
import io.freshet.post.Post;
import io.freshet.post.PostId;
import io.freshet.web.Bearer;
import io.freshet.web.Resource;
import io.freshet.web.Route;
import io.freshet.web.Takeover;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The contract's channel of new posts: a WebSocket that tells each post of those whom the caller
 * follows as it is published. Opened with the token, or with {@code ?ticket=}.
 */
public final class PostedResource implements Resource {
  private static final String TICKET = "ticket";

  /** Finds posts. */
  public interface Posts {
    /** The post, unless it is gone or the viewer may not read it. */
    Optional<Post> find(Optional<AccountId> viewer, PostId id);
  }

  /**
   * What lets the connection in, and is renewed for as long as the client is there: only the
   * handshake asks who it is.
   */
  public record Pass(Function<Access, String> tokens, Duration life, InstantSource clock) {}

  private final Live live;
  private final Pass pass;
  private final Posts posts;
  private final Bearer bearer;
  private final Tickets tickets;
  private final Floor floor;

  /**
   * @param posts where the text of what is told comes from
   */
  public PostedResource(
      Live live, Pass pass, Posts posts, Bearer bearer, Tickets tickets, Floor floor) {
    this.live = live;
    this.pass = pass;
    this.posts = posts;
    this.bearer = bearer;
    this.tickets = tickets;
    this.floor = floor;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/post/feed/posted", this::open));
  }

  private void open(ServerRequest request, ServerResponse response) {
    Handshake handshake = Handshake.of(request);
    floor.origins().require(request);
    Access caller = caller(request);
    byte[] answer = handshake.answer(Optional.empty());
    InetAddress from = floor.addresses().of(request);
    floor.seats().take(from);
    throw new Takeover(context ->
        new WebSocket(
            context,
            floor,
            from,
            answer,
            socket -> {
              PostedTransport transport = new PostedTransport(socket, caller, posts, pass);
              transport.begin(live.open(transport));
              return transport;
            }));
  }

  private Access caller(ServerRequest request) {
    if (bearer.isByCookie(request) && !request.query().contains(TICKET)) {
      floor.origins().requireExact(request);
    }
    return request.query().contains(TICKET)
        ? tickets
            .redeem(request.query().get(TICKET))
            .orElseThrow(() -> Bearer.refused("The ticket is not valid, or no longer", "Bearer"))
        : bearer.access(request);
  }
}
