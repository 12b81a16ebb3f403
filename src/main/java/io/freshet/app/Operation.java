package io.freshet.app;

import tools.jackson.databind.JsonNode;

/**
 * What an operator can ask of a running Freshet. Throws OperatorException, or a module's exception,
 * whose message is shown as it is.
 */
@FunctionalInterface
interface Operation {
  JsonNode run(JsonNode arguments, Progress progress);
}
