/**
 * Search over posts, questions, people and tags by PostgreSQL's own indexes. See docs/search.md.
 */
@NullMarked
package io.freshet.search;

import org.jspecify.annotations.NullMarked;
