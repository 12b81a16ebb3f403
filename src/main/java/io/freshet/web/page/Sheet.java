package io.freshet.web.page;

import io.freshet.platform.Json;
import io.helidon.http.Status;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be put into the shell for one request.
 *
 * @param facts that the page would else have to ask for
 * @param card what the address is about, if it is about something
 * @param location where the page is instead
 */
record Sheet(Status status, ObjectNode facts, Optional<Card> card, Optional<String> location) {

  /** An address of the page's own. */
  static Sheet plain() {
    return new Sheet(
        Status.OK_200, Json.MAPPER.createObjectNode(), Optional.empty(), Optional.empty());
  }

  /** One under which there is nothing, or nothing that the caller may see. */
  static Sheet absent() {
    return new Sheet(
        Status.NOT_FOUND_404, Json.MAPPER.createObjectNode(), Optional.empty(), Optional.empty());
  }

  /** One whose facts cannot be had now: who is signed in is not known either. */
  static Sheet trouble(int status) {
    ObjectNode facts = Json.MAPPER.createObjectNode().put("trouble", status);
    return new Sheet(Status.create(status), facts, Optional.empty(), Optional.empty());
  }

  static Sheet of(Card card, ObjectNode facts) {
    return new Sheet(Status.OK_200, facts, Optional.of(card), Optional.empty());
  }

  static Sheet moved(String location) {
    return new Sheet(
        Status.FOUND_302, Json.MAPPER.createObjectNode(), Optional.empty(), Optional.of(location));
  }
}
