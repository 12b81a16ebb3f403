package io.freshet.web.page;

import java.util.Optional;

/**
 * What the page is served from.
 *
 * @param publicUrl where people reach this server, without a slash at the end; empty: as each
 *     request says
 */
public record PageSite(PageFiles files, Optional<String> publicUrl) {}
