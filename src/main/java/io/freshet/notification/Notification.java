package io.freshet.notification;

import io.freshet.account.AccountId;
import io.freshet.post.PostId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Deeds of one kind about one thing, shown as one. Follows are put together by day.
 *
 * @param id its place in the list; it rises when there is news
 * @param post what it is about, of answers and acceptances the question's; none for follows
 * @param comment the newest comment, where the newest deed is one
 * @param answer the newest answer, where the deeds are answers
 * @param actors the newest few, newest first, each once
 * @param count of all people
 * @param at when the newest deed was done
 */
public record Notification(
    long id,
    Kind kind,
    Optional<PostId> post,
    OptionalLong comment,
    OptionalLong answer,
    List<AccountId> actors,
    int count,
    Instant at,
    boolean isRead) {}
