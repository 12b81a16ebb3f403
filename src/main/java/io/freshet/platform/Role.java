package io.freshet.platform;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a process of a cluster does; one that stands alone has all roles. */
public enum Role {
  /** Serves HTTP. */
  WEB,
  /** Works the queue. */
  WORKER,
  /** Runs periodic tasks. */
  SCHEDULER;

  /** All roles, as they are written in the settings. */
  public static final String ALL = "web,worker,scheduler";

  /** Reads roles parted by commas. */
  public static Set<Role> parse(String text) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      roles.add(
          Arrays.stream(values())
              .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(name.strip()))
              .findFirst()
              .orElseThrow(() ->
                  new OperatorException(
                      "There is no role \"" + name.strip() + "\": the roles are " + ALL + ".")));
    }
    return Set.copyOf(roles);
  }
}
