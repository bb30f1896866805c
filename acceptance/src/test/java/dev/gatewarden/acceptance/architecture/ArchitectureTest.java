package dev.gatewarden.acceptance.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The rules of the house, held against every class of the product.
final class ArchitectureTest {

  private static final int PREVIEW = 0xFFFF;

  private static final List<String> EMPTY_SUFFIXES =
      List.of("Manager", "Helper", "Util", "Utils", "Processor", "Info", "Data", "Impl");

  @Test
  void every_module_is_looked_at() {
    assertThat(House.classes().stream().map(type -> House.module(type.getPackageName())))
        .contains("core", "testkit", "gateway");
  }

  @Test
  void modules_depend_only_downwards() {
    assertThat(
            dependencies(
                used -> {
                  String from = House.module(used.getOriginClass().getPackageName());
                  String to = House.module(target(used).getPackageName());
                  return !to.isEmpty() && !to.equals(from) && !sees(from, to);
                }))
        .isEmpty();
  }

  @Test
  void rooms_of_a_module_form_no_cycle() {
    for (House.Module module : House.MODULES) {
      slices()
          .matching(House.ROOT + "." + module.name() + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(House.classes());
    }
  }

  @Test
  void each_folder_uses_only_the_libraries_it_is_permitted() {
    assertThat(
            dependencies(
                used -> {
                  String library = target(used).getPackageName();
                  return House.module(library).isEmpty()
                      && !Permits.allow(House.path(used.getOriginClass()), library);
                }))
        .isEmpty();
  }

  @Test
  void core_and_controls_touch_nothing_outside() {
    assertThat(
            dependencies(
                used ->
                    pure(used.getOriginClass())
                        && Purity.forbidsClass(
                            target(used).getPackageName(), target(used).getName())))
        .isEmpty();
  }

  @Test
  void core_and_controls_are_told_the_time_and_the_chance() {
    Set<String> calls = new TreeSet<>();
    for (JavaClass type : House.classes()) {
      if (pure(type)) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (Purity.forbidsCall(access.getTargetOwner().getName(), access.getName())) {
            calls.add(access.getDescription());
          }
        }
      }
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void only_the_pipeline_makes_a_cleared_exchange() {
    Set<String> calls = new TreeSet<>();
    for (JavaClass type : House.classes()) {
      if (!House.folder(type).equals("gateway.pipeline")) {
        type.getConstructorCallsFromSelf().stream()
            .filter(call -> call.getTargetOwner().getSimpleName().equals("Cleared"))
            .forEach(call -> calls.add(call.getDescription()));
      }
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void every_package_declares_absence() {
    Set<String> undeclared = new TreeSet<>();
    for (JavaClass type : House.classes()) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        undeclared.add(type.getPackageName());
      }
    }
    assertThat(undeclared).isEmpty();
  }

  @Test
  void no_class_needs_preview_features() throws IOException {
    for (JavaClass type : House.classes()) {
      try (DataInputStream file =
          new DataInputStream(type.getSource().orElseThrow().getUri().toURL().openStream())) {
        file.readInt();
        assertThat(file.readUnsignedShort()).as(type.getName()).isNotEqualTo(PREVIEW);
      }
    }
  }

  @Test
  void names_say_what_a_thing_is() {
    assertThat(
            House.classes().stream()
                .filter(
                    type ->
                        EMPTY_SUFFIXES.stream().anyMatch(type.getSimpleName()::endsWith)
                            || type.getSimpleName().startsWith("Abstract")
                            || type.getPackageName().matches(".*\\.(common|utils?)(\\..*)?"))
                .map(JavaClass::getName))
        .isEmpty();
  }

  private static boolean sees(String from, String to) {
    return House.MODULES.stream()
        .anyMatch(module -> module.name().equals(from) && module.sees().contains(to));
  }

  private static boolean pure(JavaClass type) {
    String module = House.module(type.getPackageName());
    return module.equals("core") || module.equals("controls");
  }

  private static Set<String> dependencies(Predicate<Dependency> wrong) {
    Set<String> found = new TreeSet<>();
    House.classes().stream()
        .flatMap(ArchitectureTest::outgoing)
        .filter(wrong)
        .forEach(
            used -> found.add(used.getOriginClass().getName() + " → " + target(used).getName()));
    return found;
  }

  private static Stream<Dependency> outgoing(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream();
  }

  private static JavaClass target(Dependency used) {
    return used.getTargetClass().getBaseComponentType();
  }
}
