package io.freshet.page;

import com.microsoft.playwright.Route;
import java.util.Map;

/** A page that a test makes up, under a policy as strict as ours. */
final class Sample {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private Sample() {}

  /** Shows it to somebody, at an address of our server. */
  static Visitor show(Visitor visitor, String body) {
    String html =
        "<!doctype html><html lang=en><title>A sample</title><link rel=icon href='data:,'>"
            + "<body><main><h1>A sample</h1>%s</main></body></html>".formatted(body);
    String address = visitor.address("/sample");
    visitor
        .page()
        .route(
            address,
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setContentType("text/html; charset=utf-8")
                        .setHeaders(Map.of("Content-Security-Policy", POLICY))
                        .setBody(html)));
    return visitor.opens("/sample");
  }
}
