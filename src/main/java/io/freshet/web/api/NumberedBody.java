package io.freshet.web.api;

import java.util.List;

/**
 * A page of a list that is walked by page.
 *
 * @param total of items on all pages
 */
public record NumberedBody(List<?> items, int page, int pages, long total) {}
