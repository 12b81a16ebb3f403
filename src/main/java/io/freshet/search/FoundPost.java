package io.freshet.search;

import io.freshet.post.PostId;
import java.util.List;

/**
 * A post that was found.
 *
 * @param snippet of its text, with what was searched for
 */
public record FoundPost(PostId id, List<Piece> snippet) {}
