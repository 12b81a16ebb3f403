package io.freshet.bench;

import java.util.List;

/**
 * One kind of request.
 *
 * @param paths asked for in turn: of one volume, or the same at each
 */
record QaEndpoint(String name, List<String> paths) {}
