package dev.gatewarden.acceptance.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;

/// The compiled classes of the product, and which module and room each belongs to.
final class House {

  static final String ROOT = "dev.gatewarden";

  /// What each module may see of the others.
  record Module(String name, Set<String> sees) {}

  static final List<Module> MODULES =
      List.of(
          new Module("core", Set.of()),
          new Module("testkit", Set.of("core")),
          new Module("controls", Set.of("core")),
          new Module("gateway", Set.of("core", "controls")),
          new Module("platform", Set.of("core", "controls")),
          new Module("app", Set.of("core", "controls", "gateway", "platform")),
          new Module("demo", Set.of("core", "controls", "gateway", "platform", "app")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages(ROOT);

  private House() {}

  static JavaClasses classes() {
    return CLASSES;
  }

  /// The module of a package, as in `core`; the empty text for what is not ours.
  static String module(String packageName) {
    return segment(packageName, 0);
  }

  /// The room of a class, as in `core.document`.
  static String folder(JavaClass type) {
    String name = type.getPackageName();
    String room = segment(name, 1);
    return room.isEmpty() ? module(name) : module(name) + "." + room;
  }

  /// The whole path of a class's package, as in `platform.probing.grpc`; the empty text for what is
  /// not ours.
  static String path(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
  }

  private static String segment(String packageName, int at) {
    if (!packageName.startsWith(ROOT + ".")) {
      return "";
    }
    List<String> segments = List.of(packageName.substring(ROOT.length() + 1).split("\\."));
    return at < segments.size() ? segments.get(at) : "";
  }
}
