package io.freshet.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The conditions that compare classes with a module table. */
final class ModuleConditions {
  private ModuleConditions() {}

  static ArchCondition<JavaClass> beInAModule(ModuleTable table) {
    return new ArchCondition<>("be in a module of the table") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (table.ofPackage(type.getPackageName()).isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " is in no module of the table"));
        }
      }
    };
  }

  static ArchCondition<JavaClass> useOnlyPermittedModules(ModuleTable table) {
    return new ArchCondition<>("use only the modules that the table permits") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Optional<Module> own = table.ofPackage(type.getPackageName());
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          Optional<Module> used = usedModule(table, dependency);
          if (own.isPresent() && used.isPresent() && !permits(own.get(), used.get())) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static boolean permits(Module own, Module used) {
    return own.permits(used.name())
        && (own.namesItsUses() || used.equals(own) || used.level() < own.level());
  }

  static ArchCondition<JavaClass> needEveryPermission(ModuleTable table) {
    return new ArchCondition<>("need every module and permission of the table") {
      private final Set<String> unneeded = new HashSet<>();

      @Override
      public void init(Collection<JavaClass> all) {
        for (Module module : table.modules()) {
          unneeded.add("module " + module.name() + " has no class");
          if (module.namesItsUses()) {
            module.mayUse().forEach(to -> unneeded.add(edge(module.name(), to)));
          }
        }
      }

      @Override
      public void check(JavaClass type, ConditionEvents events) {
        table
            .ofPackage(type.getPackageName())
            .ifPresent(own -> {
              unneeded.remove("module " + own.name() + " has no class");
              type.getDirectDependenciesFromSelf().stream()
                  .flatMap(dependency -> usedModule(table, dependency).stream())
                  .forEach(used -> unneeded.remove(edge(own.name(), used.name())));
            });
      }

      @Override
      public void finish(ConditionEvents events) {
        unneeded.forEach(what -> events.add(SimpleConditionEvent.violated(what, what)));
      }
    };
  }

  private static String edge(String from, String to) {
    return from + " may use " + to + " and does not";
  }

  private static Optional<Module> usedModule(ModuleTable table, Dependency dependency) {
    return table.ofPackage(dependency.getTargetClass().getBaseComponentType().getPackageName());
  }
}
