package io.freshet.security;

import io.freshet.platform.Json;
import io.freshet.security.Access.Expected;
import io.freshet.security.Access.Who;
import io.freshet.web.ApiDescription;
import io.freshet.web.ApiDescription.Operation;
import io.freshet.web.TestSite;
import io.freshet.web.TestSite.Person;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** One operation, called again and again with something wrong. For one thread. */
final class Fuzzing {
  /** A valid call is made anew after this many, and whenever one has gone through. */
  private static final Access ACCESS = Access.table();

  /** About what only a mail brings: the example is of none, so 404 is its answer. */
  private static final Set<String> OF_MAIL =
      Set.of(
          "changeMailPreferences",
          "askToConfirmMail",
          "confirmMail",
          "askToUnsubscribe",
          "unsubscribe",
          "showKeptMail",
          "readKeptMail");

  private static final int REUSED = 40;

  /** Of {@link TestSite}. */
  private static final String SECRET = "a secret of at least thirty-two bytes";

  private final Operation operation;
  private final TestSite site;
  private final Judge judge;
  private final Random random;
  private final Map<String, String> failures = new TreeMap<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final Person other;
  private Person caller;

  Fuzzing(Operation operation, TestSite site, Judge judge, Person other, long seed) {
    this.operation = operation;
    this.site = site;
    this.judge = judge;
    this.random = new Random(seed ^ operation.name().hashCode());
    this.other = other;
    this.caller = newCaller(site);
  }

  List<String> failures() {
    return List.copyOf(failures.values());
  }

  /** How many answers of each status there were. */
  Map<Integer, Integer> statuses() {
    return statuses;
  }

  Fuzzing run(int requests) {
    try (RawHttp http = new RawHttp(site.port())) {
      Examples examples = new Examples(ApiDescription.ours(), new Things(http));
      List<Mutation> mutations = mutations(examples);
      Call valid = valid(examples);
      Reply first = send(http, "the valid example", valid);
      boolean isOfMail = OF_MAIL.contains(operation.id()) && first.status() == 404;
      if (!first.isGood() && !isOfMail) {
        failures.put(
            "the valid example",
            "the valid example is refused: " + valid.curl(site.port()) + " -> " + first);
      }
      renewAfter(first);
      boolean stale = true;
      for (int sent = 1; sent < requests; ) {
        if (stale || sent % REUSED == 0) {
          valid = valid(examples);
        }
        Mutation mutation = mutations.get(random.nextInt(mutations.size()));
        Optional<Call> wrong = mutation.change().of(operation, valid, random);
        if (wrong.isPresent()) {
          stale = judged(http, mutation, wrong.get());
          sent++;
        }
      }
    } catch (RuntimeException e) {
      failures.put("broken", operation.name() + " could not be called: " + e);
    }
    return this;
  }

  /** Whether it went through, so that what it was about may be gone. */
  private boolean judged(RawHttp http, Mutation mutation, Call wrong) {
    Reply reply = send(http, mutation.name(), wrong);
    if (!mutation.statuses().isEmpty() && !mutation.statuses().contains(reply.status())) {
      fail(mutation.name(), "expected " + mutation.statuses(), wrong, reply);
    }
    renewAfter(reply);
    return reply.isGood() && !operation.method().equals("GET");
  }

  /** Somebody who may do everything: operations of administrators take their examples, too. */
  private static Person newCaller(TestSite site) {
    Person person = site.person("Caller");
    site.site().accounts().appoint(person.id(), true);
    return person;
  }

  /** A caller who may be signed out is another one from now on. */
  private void renewAfter(Reply reply) {
    if (reply.isGood() && endsSessions()) {
      caller = newCaller(site);
    }
  }

  private boolean endsSessions() {
    boolean isDeleted = operation.method().equals("DELETE");
    return operation.path().contains("/password")
        || (isDeleted && operation.path().contains("/sessions"))
        || operation.name().equals("DELETE /api/v1/accounts/me");
  }

  private Reply send(RawHttp http, String what, Call call) {
    Reply reply = http.send(call);
    statuses.merge(reply.status(), 1, Integer::sum);
    judge.faults(operation, reply).forEach(fault -> fail(what, fault, call, reply));
    return reply;
  }

  /** Each kind of failure is shown once. */
  private void fail(String what, String fault, Call call, Reply reply) {
    failures.putIfAbsent(
        what + fault,
        "%s, %s: %s%n  %s%n  -> %s"
            .formatted(operation.name(), what, fault, call.curl(site.port()), reply));
  }

  private Call valid(Examples examples) {
    return examples.valid(operation, caller, subject(examples));
  }

  /** One's own thing, but somebody else's where one's own is refused, and another person. */
  private Person subject(Examples examples) {
    boolean isAccount =
        examples.isAboutAThing(operation) && examples.kind(operation) == Things.Kind.ACCOUNT;
    boolean isOthers = ACCESS.of(operation, Who.OWNER) == Expected.INVALID;
    return isAccount || isOthers ? other : caller;
  }

  private List<Mutation> mutations(Examples examples) {
    List<Mutation> mutations = new ArrayList<>(BodyMutations.all());
    mutations.addAll(
        RequestMutations.all(
            badTokens(),
            (operation, call, chance) ->
                examples.isAboutAThing(operation)
                    ? Optional.of(
                        examples.valid(operation, other, subject(examples)).as(caller.token()))
                    : Optional.empty()));
    return mutations;
  }

  /** None, expired, forged in every way that is known, and another's. */
  private List<String> badTokens() {
    String good = caller.token();
    String[] parts = good.split("\\.", 3);
    String none = base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");
    String traversal = base64("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"../../dev/null\"}");
    return List.of(
        "nonsense",
        "a.b.c",
        good + "x",
        good.substring(0, good.length() - 3) + "AAA",
        none + "." + parts[1] + ".",
        none + "." + parts[1] + "." + parts[2],
        traversal + "." + parts[1] + "." + parts[2],
        parts[0] + "." + base64("{\"sub\":\"1\"}") + "." + parts[2],
        expired(parts),
        "x".repeat(9_000));
  }

  /** The caller's own, signed with the test site's secret, but an hour too old. */
  private static String expired(String[] parts) {
    ObjectNode claims = (ObjectNode) Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
    claims.put("exp", claims.path("iat").asLong() - 3_600);
    String signed = parts[0] + "." + base64(claims.toString());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
