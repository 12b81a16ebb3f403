package io.freshet.web;

import java.util.List;

/**
 * Answers the operations of one kind of thing. Where two paths could match, the route named first
 * wins.
 */
public interface Resource {
  List<Route> routes();
}
