// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The walls inside the modules, and the manners. What Maven enforces is not repeated. */
class HouseRulesTest {

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tocsin");

  static final List<String> SERVICES =
      List.of("ingest", "detection", "workflow", "agent", "notifier", "console");

  private static final Path REPOSITORY = Path.of("..");
  private static final int LONGEST_FILE = 400;
  private static final int LONGEST_TOPOLOGY = 120;

  /** A {@code *Stores} is the state stores of one processor, where it has too many of them. */
  private static final DescribedPredicate<JavaClass> STEPS_OF_A_TOPOLOGY =
      role("Topology|Processor|Stores");

  @Test
  void onlyTopologiesAndTheirSteps_knowKafkaStreams() {
    check(
        noClasses()
            .that(not(resideInAPackage("dev.tocsin.kafka..")))
            .and(not(STEPS_OF_A_TOPOLOGY))
            .and(not(role("Configuration")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..")
            .because("decisions must be testable without Kafka"));
  }

  @Test
  void topologiesAndTheirSteps_doNoInputOrOutput() {
    check(
        noClasses()
            .that(STEPS_OF_A_TOPOLOGY)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.net..",
                        "java.nio.file..",
                        "org.springframework.web..",
                        "org.apache.hc..",
                        "org.apache.kafka.clients.producer..",
                        "org.apache.kafka.clients.consumer..")
                    .and(not(belongToAnyOf(URI.class))))
            .because("one slow call in a stream thread stalls every key of its task"));
  }

  @Test
  void nobody_readsTheClock() {
    Set<Class<?>> clocks =
        Set.of(
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class);
    for (Class<?> clock : clocks) {
      check(
          noClasses()
              .should()
              .accessTargetWhere(targetOwner(nameMatching(clock.getName())).and(target("now")))
              .because("time comes in as an argument, or from an InstantSource"));
    }
    check(
        noClasses()
            .should()
            .accessTargetWhere(
                targetOwner(nameMatching("java.lang.System")).and(target("currentTimeMillis")))
            .because("time comes in as an argument, or from an InstantSource"));
  }

  @Test
  void features_haveNoCycles() {
    check(
        slices()
            .matching("dev.tocsin.(*).(*)..")
            .namingSlices("$1.$2")
            .should()
            .beFreeOfCycles()
            .because("a feature can be read without the one that reads it"));
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void service_seesNoOther(String service) {
    String[] others =
        Stream.concat(
                SERVICES.stream().filter(other -> !other.equals(service)), Stream.of("launcher"))
            .map(HouseRulesTest::within)
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage(within(service))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others)
            .because("services meet at topics"));
  }

  @Test
  void foundation_knowsNoService() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                within("schemas"), within("kafka"), within("boot"), within("testkit"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                SERVICES.stream().map(HouseRulesTest::within).toArray(String[]::new))
            .because("what is shared does not know who shares it"));
  }

  @Test
  void sentinel_standsAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(within("sentinel"))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("dev.tocsin..", "org.apache.kafka..", "org.springframework..")
                    .and(not(resideInAPackage(within("sentinel")))))
            .because("it has to work when all the rest does not"));
  }

  @Test
  void jackson2_staysWithTheModelsLibrary() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("..agent.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.databind..")
            .because("own code uses Jackson 3; two mappers would disagree about dates"));
  }

  @Test
  void theBrokersOwnClasses_stayInTheLaunchersBroker() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.tocsin.launcher.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "kafka..",
                "org.apache.kafka.server..",
                "org.apache.kafka.metadata..",
                "org.apache.kafka.raft..")
            .because("they are no public interface of Kafka's"));
  }

  @Test
  void testkit_isForTestsAndTheDemo() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                within("testkit"),
                "dev.tocsin.launcher.demo..",
                within("proof"),
                within("benchmarks"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(within("testkit"))
            .because("no service may work with a fake"));
  }

  @Test
  void nothing_isInjectedIntoFields() {
    for (String annotation :
        List.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.inject.Inject",
            "jakarta.annotation.Resource")) {
      check(
          noFields()
              .should()
              .beAnnotatedWith(annotation)
              .because("a constructor says what a class needs"));
    }
  }

  @Test
  void names_sayWhatAClassIs() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Base|Data|Info)")
            .orShould()
            .haveNameMatching(".*\\.Abstract[^.]*")
            .because("an implementation is named for how it differs"));
  }

  @Test
  void packages_areDomainNouns() {
    check(
        noClasses()
            .that(not(resideInAPackage("dev.tocsin.agent.model.."))) // the language model
            .should()
            .haveNameMatching(
                "dev\\.tocsin\\.(.*\\.)?(util|common|helper|model|types|service|impl|dto|manager|core)\\..*")
            .because("if no noun fits, the code is in the wrong place"));
  }

  @Test
  void classes_areFinal_orMeantToBeExtended() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotRecords()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .and(not(role("Application|Configuration"))) // Spring may make a subclass
            .and(not(enumConstant()))
            .and(not(sealed()))
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  @Test
  void files_areShort() {
    assertThat(sources().filter(file -> lines(file).size() > LONGEST_FILE))
        .as("files of more than %d lines", LONGEST_FILE)
        .isEmpty();
    assertThat(
            sources()
                .filter(file -> file.toString().endsWith("Topology.java"))
                .filter(file -> lines(file).size() > LONGEST_TOPOLOGY))
        .as("topologies of more than %d lines", LONGEST_TOPOLOGY)
        .isEmpty();
  }

  @Test
  void files_beginWithTheirLicense() {
    assertThat(
            sources()
                .filter(
                    file ->
                        !lines(file).getFirst().equals("// SPDX-License-Identifier: Apache-2.0")))
        .isEmpty();
  }

  @Test
  void packages_sayWhatTheyAre_andThatNothingIsNull() {
    Set<Path> packages =
        sources()
            .filter(file -> file.toString().contains("/src/main/"))
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            directory -> {
              Path doc = directory.resolve("package-info.java");
              assertThat(doc).exists().content().contains("/**", "@NullMarked");
            });
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCTION);
  }

  private static String within(String module) {
    return "dev.tocsin." + module + "..";
  }

  /** Classes with one of these suffixes, and what is nested in them. */
  private static DescribedPredicate<JavaClass> role(String suffixes) {
    return DescribedPredicate.describe(
        "*(" + suffixes + ")", type -> type.getName().matches(".*(" + suffixes + ")(\\$.*)?"));
  }

  private static DescribedPredicate<JavaAccess<?>> target(String name) {
    return DescribedPredicate.describe(name, access -> access.getTarget().getName().equals(name));
  }

  /** A constant with a body is a class of its own, which the compiler seals. */
  private static DescribedPredicate<JavaClass> enumConstant() {
    return DescribedPredicate.describe(
        "constants of enums",
        type -> type.getRawSuperclass().filter(JavaClass::isEnum).isPresent());
  }

  private static DescribedPredicate<JavaClass> sealed() {
    return DescribedPredicate.describe("sealed", type -> type.reflect().isSealed());
  }

  private static Stream<Path> sources() {
    try (Stream<Path> modules = Files.list(REPOSITORY)) {
      return modules
          .flatMap(module -> Stream.of(module.resolve("src/main"), module.resolve("src/test")))
          .filter(Files::isDirectory)
          .flatMap(HouseRulesTest::javaFiles)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
