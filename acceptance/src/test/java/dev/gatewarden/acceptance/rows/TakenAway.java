package dev.gatewarden.acceptance.rows;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Each control that an acceptance test names, taken away in turn: each test that names it must
/// fail.
///
/// No test by its name, so that only who asks for it runs it: `./check rows` does, with this class
/// and `TakenAwayToo` in a process each. They share the rows by making a file for each that they
/// take, in the folder that the property `gatewarden.rows` names.
class TakenAway {
  private static final String WITHOUT = "gatewarden.without";

  @TestFactory
  Stream<DynamicTest> is_missed_by_every_test_that_names_it() throws Exception {
    return Row.all().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> run(row)));
  }

  private static void run(Row row) throws IOException {
    Path folder = Path.of(System.getProperty("gatewarden.rows", ""));
    if (!taken(folder.resolve(row.name().replace(' ', '-')))) {
      return;
    }
    System.setProperty(WITHOUT, row.control());
    Told told = new Told();
    try {
      LauncherFactory.create().execute(request(row), told);
    } finally {
      System.clearProperty(WITHOUT);
    }
    Files.writeString(
        folder.resolve("told"),
        row.name() + " " + told.red + " " + told.wrong.size() + " " + told.skipped + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    if (!told.wrong.isEmpty()) {
      throw new AssertionError(String.join("; ", told.wrong));
    }
  }

  /// Whether it is this process that runs it.
  private static boolean taken(Path file) throws IOException {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }

  private static LauncherDiscoveryRequest request(Row row) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(row.tests().stream().map(test -> selectMethod(row.type(), test)).toList())
        .filters(EngineFilter.includeEngines("junit-jupiter"))
        .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
        .build();
  }

  /// What became of the tests of a row; `WithoutControl` has turned red into green.
  private static final class Told implements TestExecutionListener {
    private final List<String> wrong = new ArrayList<>();
    private int red;
    private int skipped;

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      wrong.add(test.getDisplayName() + ": did not run, " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> red += test.isTest() ? 1 : 0;
        case ABORTED -> skipped++;
        case FAILED ->
            wrong.add(
                test.getDisplayName()
                    + ": "
                    + result.getThrowable().map(String::valueOf).orElse("no reason given"));
      }
    }
  }
}
