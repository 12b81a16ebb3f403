package io.freshet.post;

import io.freshet.account.AccountId;

/**
 * A like of a post.
 *
 * @param id of the like; sorting by it is sorting by time
 */
public record Like(long id, AccountId account) {}
