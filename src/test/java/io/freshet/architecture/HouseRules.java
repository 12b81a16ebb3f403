package io.freshet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.freshet.architecture.ClassConditions.bearAnHonestName;
import static io.freshet.architecture.ClassConditions.holdNoStaticState;
import static io.freshet.architecture.ClassConditions.inheritOnlyFromSealedFamilies;
import static io.freshet.architecture.ClassConditions.liveInANullMarkedPackage;
import static io.freshet.architecture.ClassConditions.notAskTheMachineForTimeOrChance;
import static io.freshet.architecture.ClassConditions.notCallSql;
import static io.freshet.architecture.ClassConditions.notPrint;
import static io.freshet.architecture.ClassConditions.outermostNamed;
import static io.freshet.architecture.ModuleConditions.beInAModule;
import static io.freshet.architecture.ModuleConditions.needEveryPermission;
import static io.freshet.architecture.ModuleConditions.useOnlyPermittedModules;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every rule of the house by its name; each one has a fixture that breaks it. */
final class HouseRules {
  private HouseRules() {}

  static Map<String, ArchRule> of(ModuleTable table) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("every class is in a module", classes().should(beInAModule(table)));
    rules.put("modules keep to the table", classes().should(useOnlyPermittedModules(table)));
    rules.put("no permission is unused", classes().should(needEveryPermission(table)));
    rules.put("packages are null-marked", classes().should(liveInANullMarkedPackage()));
    rules.put("names say something", classes().should(bearAnHonestName()));
    rules.put("no static state", classes().should(holdNoStaticState()));
    rules.put("no inheritance", classes().should(inheritOnlyFromSealedFamilies(table)));
    rules.put("SQL has its places", sqlHasItsPlaces(table));
    rules.put("HTTP stays in web", httpStaysInWeb(table));
    rules.put("HTTP is called by management", httpIsCalledByManagement(table));
    rules.put("traces and log lines have their places", watchingHasItsPlaces(table));
    rules.put("time and chance are injected", timeAndChanceAreInjected(table));
    rules.put("only commands print", onlyCommandsPrint(table));
    return rules;
  }

  /** Besides the stores: app, which imports in bulk and verifies by queries of its own. */
  private static ArchRule sqlHasItsPlaces(ModuleTable table) {
    return classes()
        .that(
            not(outermostNamed("Pg"))
                .and(
                    not(
                        resideInAnyPackage(
                            table.packageOf("platform"),
                            table.packageOf("outbox"),
                            table.packageOf("app")))))
        .should(notCallSql());
  }

  /** The loopback listener of app is the one server that is not web's. */
  private static ArchRule httpStaysInWeb(ModuleTable table) {
    return noClasses()
        .that(
            not(resideInAPackage(table.packageOf("web")))
                .and(
                    not(
                        resideInAPackage(table.packageOf("app"))
                            .and(outermostNamed("Management")))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.helidon.webserver..", "io.helidon.http..", "com.sun.net.httpserver..");
  }

  /** And a Centrifugo is published to by HTTP, and an object store spoken with. */
  private static ArchRule httpIsCalledByManagement(ModuleTable table) {
    return noClasses()
        .that(
            not(resideInAPackage(table.packageOf("app")).and(outermostNamed("Management")))
                .and(
                    not(
                        resideInAnyPackage(
                            table.root() + ".live.centrifugo..", table.root() + ".media.s3.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "io.helidon.webclient..");
  }

  /** Which library traces, and which writes the log, is known to one package each. */
  private static ArchRule watchingHasItsPlaces(ModuleTable table) {
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideOutsideOfPackage(table.root() + ".platform.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry.."))
        .and(
            noClasses()
                .that()
                .resideOutsideOfPackage(table.root() + ".platform.log..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ch.qos.logback.."));
  }

  private static ArchRule timeAndChanceAreInjected(ModuleTable table) {
    return classes()
        .that()
        .resideOutsideOfPackage(table.packageOf("platform"))
        .should(notAskTheMachineForTimeOrChance());
  }

  private static ArchRule onlyCommandsPrint(ModuleTable table) {
    return classes().that().resideOutsideOfPackage(table.packageOf("cli")).should(notPrint());
  }
}
