package io.freshet.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The conditions on single classes. */
final class ClassConditions {
  private static final Set<String> SUFFIXES =
      Set.of("Service", "Manager", "Helper", "Util", "Utils", "Impl", "Base", "Dto", "Common");

  /** Packages whose methods are SQL. */
  private static final List<String> SQL =
      List.of("java.sql", "javax.sql", "org.jdbi", "com.zaxxer.hikari", "org.postgresql");

  /** Types whose instances change: a static field of such a type is state. */
  private static final List<String> MUTABLE =
      List.of(
          "java.util.concurrent.ConcurrentMap",
          "java.util.AbstractCollection",
          "java.util.AbstractMap",
          "java.lang.ThreadLocal",
          "java.lang.AbstractStringBuilder",
          "java.util.BitSet",
          "java.util.Random");

  private ClassConditions() {}

  static ArchCondition<JavaClass> bearAnHonestName() {
    return violatedBy(
        "bear no suffix that says nothing " + SUFFIXES.stream().sorted().toList(),
        (type, events) ->
            SUFFIXES.stream()
                .filter(type.getSimpleName()::endsWith)
                .map(suffix -> type.getName() + " ends with " + suffix)
                .forEach(text -> events.add(SimpleConditionEvent.violated(type, text))));
  }

  /** Handing a Jdbi on is wiring, and asking an exception what is wrong is not SQL either. */
  static ArchCondition<JavaClass> notCallSql() {
    return notAccess(
        "not call SQL",
        access ->
            isBelow(access.getTargetOwner().getPackageName(), SQL)
                && !access.getTargetOwner().isAssignableTo(Throwable.class));
  }

  private static boolean isBelow(String packageName, List<String> roots) {
    return roots.stream()
        .anyMatch(root -> packageName.equals(root) || packageName.startsWith(root + "."));
  }

  static ArchCondition<JavaClass> notAskTheMachineForTimeOrChance() {
    return notAccess(
        "not ask the machine for time, sleep or chance",
        access -> access instanceof JavaCall<?> call && isTimeOrChance(call));
  }

  private static boolean isTimeOrChance(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    boolean noParameters = call.getTarget().getRawParameterTypes().isEmpty();
    return switch (call.getName()) {
      case "now" -> owner.startsWith("java.time.") && noParameters;
      case "currentTimeMillis" -> owner.equals("java.lang.System");
      case "sleep" -> owner.equals("java.lang.Thread") || owner.endsWith("TimeUnit");
      case "random" -> owner.equals("java.lang.Math");
      case "randomUUID" -> owner.equals("java.util.UUID");
      case "current" -> owner.equals("java.util.concurrent.ThreadLocalRandom");
      case "<init>" -> owner.equals("java.util.Random") && noParameters;
      default -> false;
    };
  }

  static ArchCondition<JavaClass> notPrint() {
    return notAccess(
        "not print, nor log past SLF4J",
        access ->
            isJavaLogging(access)
                || access.getName().equals("printStackTrace")
                || (access.getTargetOwner().isEquivalentTo(System.class)
                    && Set.of("out", "err").contains(access.getName())));
  }

  /** Quieting the logger of a library is not logging. */
  private static boolean isJavaLogging(JavaAccess<?> access) {
    return access.getTargetOwner().getName().equals("java.util.logging.Logger")
        && !Set.of("getLogger", "setLevel").contains(access.getName());
  }

  static ArchCondition<JavaClass> holdNoStaticState() {
    return violatedBy(
        "hold no static state",
        (type, events) ->
            type.getFields().stream()
                .filter(ClassConditions::isStaticState)
                .map(field -> field.getFullName() + " is static state")
                .forEach(text -> events.add(SimpleConditionEvent.violated(type, text))));
  }

  private static boolean isStaticState(JavaField field) {
    Set<JavaModifier> modifiers = field.getModifiers();
    if (!modifiers.contains(JavaModifier.STATIC) || modifiers.contains(JavaModifier.SYNTHETIC)) {
      return false;
    }
    JavaClass type = field.getRawType();
    return !modifiers.contains(JavaModifier.FINAL)
        || type.getPackageName().startsWith("java.util.concurrent.atomic")
        || MUTABLE.stream().anyMatch(type::isAssignableTo)
        || (type.isArray() && !modifiers.contains(JavaModifier.PRIVATE));
  }

  static ArchCondition<JavaClass> inheritOnlyFromSealedFamilies(ModuleTable table) {
    return violatedBy(
        "inherit from no class of our own that is not sealed",
        (type, events) ->
            type.getRawSuperclass()
                .filter(parent -> table.owns(parent.getPackageName()))
                .filter(parent -> !parent.reflect().isSealed())
                .filter(parent -> !parent.isEnum())
                .map(parent -> type.getName() + " extends " + parent.getName())
                .ifPresent(text -> events.add(SimpleConditionEvent.violated(type, text))));
  }

  static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return violatedBy(
        "live in a package whose package-info says @NullMarked",
        (type, events) -> {
          boolean marked =
              type.getPackage()
                  .tryGetPackageInfo()
                  .map(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                  .orElse(false);
          if (!marked) {
            String text = type.getName() + " is in a package that is not @NullMarked";
            events.add(SimpleConditionEvent.violated(type, text));
          }
        });
  }

  /** A class named so, and whatever is nested in it. */
  static DescribedPredicate<JavaClass> outermostNamed(String prefix) {
    return DescribedPredicate.describe(
        "named " + prefix + "*",
        type -> {
          JavaClass outer = type;
          while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
          }
          return outer.getSimpleName().startsWith(prefix);
        });
  }

  private interface Check {
    void check(JavaClass type, ConditionEvents events);
  }

  private static ArchCondition<JavaClass> violatedBy(String description, Check check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        check.check(type, events);
      }
    };
  }

  private static ArchCondition<JavaClass> notAccess(
      String description, Predicate<JavaAccess<?>> forbidden) {
    return violatedBy(
        description,
        (type, events) -> {
          for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            if (forbidden.test(access)) {
              events.add(SimpleConditionEvent.violated(type, access.getDescription()));
            }
          }
        });
  }
}
