package io.freshet.post;

import java.util.List;

/**
 * What a text names, found when it was written.
 *
 * @param mentioned ids of the accounts, each once
 * @param tags hashtags in the form of {@link TextEntities#tag}, each once
 */
public record Entities(List<Long> mentioned, List<String> tags) {
  public static final Entities NONE = new Entities(List.of(), List.of());

  public Entities {
    mentioned = List.copyOf(mentioned);
    tags = List.copyOf(tags);
  }
}
