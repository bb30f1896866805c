package dev.gatewarden.app.command;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/// The verbs of the command line. Only the one that was asked for is loaded.
public final class Commands {
  /// Nothing was wrong.
  static final int CLEAN = 0;

  /// It ran, and found something.
  static final int FINDINGS = 1;

  /// It could not run.
  static final int COULD_NOT = 2;

  private static final Map<String, Verb> VERBS = new LinkedHashMap<>();

  /// Where what a verb does begins in the help.
  private static final int WIDTH = 19;

  /// One verb.
  ///
  /// @param line what it does, in a few words
  record Verb(String line, Function<Terminal, Callable<Integer>> command) {}

  static {
    VERBS.put("run", new Verb("runs the gate", RunCommand::new));
    VERBS.put(
        "reload", new Verb("puts changed files in force while the gate runs", ReloadCommand::new));
    VERBS.put(
        "init",
        new Verb("writes a configuration from a contract and the service's URL", InitCommand::new));
    VERBS.put(
        "check-config",
        new Verb(
            "says everything that is wrong with a configuration and its contracts",
            CheckConfigCommand::new));
    VERBS.put(
        "validate",
        new Verb("tells of documents whether they obey a schema", ValidateCommand::new));
    VERBS.put(
        "audit",
        new Verb("judges a contract: what it leaves open, and how to close it", AuditCommand::new));
    VERBS.put(
        "diff",
        new Verb("tells what is different between two versions of a contract", DiffCommand::new));
    VERBS.put("probe", new Verb("attacks a running API and tells its faults", ProbeCommand::new));
    VERBS.put(
        "contract show",
        new Verb("prints what was understood of a contract", ContractShowCommand::new));
    VERBS.put(
        "contract data-map",
        new Verb("writes which data an API moves, and to whom", ContractDataMapCommand::new));
    VERBS.put(
        "contract threats",
        new Verb("writes which threats apply to each operation", ContractThreatsCommand::new));
    VERBS.put(
        "contract tenants",
        new Verb(
            "writes how each operation's tenant is known, from a contract alone",
            ContractTenantsCommand::new));
    VERBS.put(
        "coverage",
        new Verb("tells of each operation what is guarded and what is not", CoverageCommand::new));
    VERBS.put(
        "bind", new Verb("proposes whose objects a contract's operations touch", BindCommand::new));
    VERBS.put(
        "build rls",
        new Verb("writes row-level security for PostgreSQL from a contract", BuildRlsCommand::new));
    VERBS.put("keys issue", new Verb("issues an API key", KeysIssueCommand::new));
    VERBS.put("keys list", new Verb("lists API keys and how they stand", KeysListCommand::new));
    VERBS.put("keys rotate", new Verb("issues a key's successor", KeysRotateCommand::new));
    VERBS.put("keys revoke", new Verb("takes an API key back", KeysRevokeCommand::new));
    VERBS.put("login", new Verb("logs in at an authorization server", LoginCommand::new));
    VERBS.put("logout", new Verb("takes the login back and forgets it", LogoutCommand::new));
    VERBS.put("token", new Verb("prints an access token of the login", TokenCommand::new));
    VERBS.put(
        "identity keys",
        new Verb("prints the keys by which services check the gate", IdentityKeysCommand::new));
    VERBS.put(
        "identity rotate",
        new Verb("makes a new key for the gate's own tokens", IdentityRotateCommand::new));
    VERBS.put(
        "explain", new Verb("tells why a request was let through or refused", ExplainCommand::new));
    VERBS.put(
        "policy who-can", new Verb("tells who can use an operation", PolicyWhoCanCommand::new));
    VERBS.put(
        "policy schema",
        new Verb("prints what Cedar policies can speak of", PolicySchemaCommand::new));
    VERBS.put("policy what-can", new Verb("tells what a caller can do", PolicyWhatCanCommand::new));
    VERBS.put(
        "policy compare",
        new Verb("asks two versions of policies what was asked before", PolicyCompareCommand::new));
    VERBS.put(
        "policy prove",
        new Verb("proves who reaches what, and what a change widens", PolicyProveCommand::new));
    VERBS.put(
        "propose",
        new Verb("prints exceptions for answers that break their contract", ProposeCommand::new));
    VERBS.put("revoke token", new Verb("shuts out one token, at once", RevokeCommand::token));
    VERBS.put(
        "revoke subject",
        new Verb("shuts out what was issued to a user so far", RevokeCommand::subject));
    VERBS.put(
        "revoke client",
        new Verb("shuts out what was issued to a client so far", RevokeCommand::client));
    VERBS.put("revoke list", new Verb("prints what is shut out", RevokeListCommand::new));
    VERBS.put("revoke lift", new Verb("lets in again what was shut out", RevokeLiftCommand::new));
    VERBS.put(
        "where",
        new Verb("finds the place in code and documentation for words", WhereCommand::new));
    VERBS.put(
        "certificates sign",
        new Verb(
            "checks a partner's certificate request and signs it", CertificatesSignCommand::new));
    VERBS.put(
        "policy tenants",
        new Verb(
            "tells how each operation knows and checks its tenant", PolicyTenantsCommand::new));
    VERBS.put(
        "relations import",
        new Verb("tells the gate whose objects are whose", RelationsImportCommand::new));
    VERBS.put(
        "relations export",
        new Verb("prints whose objects are whose", RelationsExportCommand::new));
    VERBS.put("relations show", new Verb("prints whose an object is", RelationsCommand.Show::new));
    VERBS.put(
        "relations forget", new Verb("forgets whose an object is", RelationsCommand.Forget::new));
    VERBS.put(
        "relations transfer",
        new Verb("gives an object to another owner", RelationsCommand.Transfer::new));
    VERBS.put(
        "relations adopt",
        new Verb("says who vouches for owners kept without it", RelationsAdoptCommand::new));
    VERBS.put(
        "drain", new Verb("has a gate left out by whoever spreads requests", DrainCommand::new));
    VERBS.put(
        "log-level", new Verb("makes a gate's log say more for a time", LogLevelCommand::new));
    VERBS.put(
        "audit-log",
        new Verb("prints what operators did, and whether it was changed", AuditLogCommand::new));
    VERBS.put("schema", new Verb("prints the JSON Schema of gatewarden.yaml", SchemaCommand::new));
    VERBS.put("docs", new Verb("writes the reference pages from the sources", DocsCommand::new));
  }

  private Commands() {}

  /// Runs one command line.
  ///
  /// @return 0 clean, 1 findings, 2 it could not run
  public static int run(String[] arguments, Terminal terminal) {
    String verb = verb(arguments);
    if (verb.equals("--version") || verb.equals("-V") || verb.equals("version")) {
      terminal.out().println("gatewarden " + version());
      return CLEAN;
    }
    if (verb.equals("help") && arguments.length > 1) {
      String[] asked = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
      asked[asked.length - 1] = "--help";
      if (VERBS.containsKey(verb(asked))) {
        return run(asked, terminal);
      }
    }
    if (verb.equals("--help") || verb.equals("-h") || verb.equals("help")) {
      terminal.out().print(help(terminal));
      return arguments.length == 0 ? COULD_NOT : CLEAN;
    }
    Verb known = VERBS.get(verb);
    if (known == null) {
      String advice = advice(verb);
      terminal
          .err()
          .println(
              "gatewarden: `" + verb + "` is no command" + (advice.isEmpty() ? "" : "; " + advice));
      terminal.err().println("see gatewarden --help");
      return COULD_NOT;
    }
    int words = verb.indexOf(' ') < 0 ? 1 : 2;
    return line(known, terminal).execute(Arrays.copyOfRange(arguments, words, arguments.length));
  }

  /// The verbs that begin with the word, else the nearest one.
  private static String advice(String verb) {
    List<String> longer =
        VERBS.keySet().stream().filter(each -> each.startsWith(verb + " ")).toList();
    return longer.isEmpty()
        ? Nearest.advice(verb, VERBS.keySet())
        : "write " + String.join(" or ", longer.stream().map(each -> "`" + each + "`").toList());
  }

  /// The verb of a command line, which may be of two words.
  private static String verb(String[] arguments) {
    if (arguments.length == 0) {
      return "--help";
    }
    String two = arguments.length > 1 ? arguments[0] + " " + arguments[1] : arguments[0];
    return VERBS.containsKey(two) ? two : arguments[0];
  }

  /// The verbs by name.
  static Map<String, Verb> verbs() {
    return VERBS;
  }

  /// One verb, ready to parse its own arguments.
  static CommandLine line(Verb verb, Terminal terminal) {
    CommandLine line = new CommandLine(verb.command().apply(terminal));
    line.setOut(writer(terminal.out()));
    line.setErr(writer(terminal.err()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Prints this text.")
                .build());
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (fault, _, _) -> {
          terminal.err().print(said(fault, terminal));
          return COULD_NOT;
        });
    return line;
  }

  private static PrintWriter writer(PrintStream to) {
    return new PrintWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8), true);
  }

  /// What is said of why a command could not do its work.
  static String said(Exception fault, Terminal terminal) {
    return switch (fault) {
      case ProblemsException problems ->
          Problems.text(problems.problems(), terminal)
              + "gatewarden: "
              + terminal.bad(Problems.count(problems.problems().size(), "problem"))
              + "\n";
      case Refusal refusal -> "gatewarden: " + refusal.getMessage() + "\n";
      case IOException io -> "gatewarden: " + said(io) + "\n";
      case UncheckedIOException io ->
          "gatewarden: " + said(Objects.requireNonNull(io.getCause())) + "\n";
      default -> bug(fault);
    };
  }

  /// The system's own exceptions of files name the file and not what is wrong with it.
  private static String said(IOException fault) {
    return switch (fault) {
      case NoSuchFileException absent -> "there is no file `" + absent.getFile() + "`";
      case AccessDeniedException shut -> "`" + shut.getFile() + "` may not be read or written";
      case FileAlreadyExistsException there -> "`" + there.getFile() + "` is there already";
      default -> String.valueOf(fault.getMessage());
    };
  }

  private static String bug(Exception fault) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace, true));
    return trace
        + "gatewarden: this is a fault of the program, please report it with these lines\n";
  }

  static String help(Terminal terminal) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Gatewarden stands in front of an API and holds it, and its callers, to the API's"
            + " contract.\n\n");
    text.append(terminal.strong("usage:")).append(" gatewarden <command> [options]\n\n");
    VERBS.forEach(
        (name, verb) ->
            text.append("  ")
                .append(terminal.strong(name))
                .append(" ".repeat(WIDTH - name.length()))
                .append(verb.line())
                .append('\n'));
    text.append("  ")
        .append(terminal.strong("demo"))
        .append(" ".repeat(WIDTH - 4))
        .append("robs a shop with and without the gate, and lets you try it yourself\n");
    text.append(
        """

        begin with an API of your own:
          gatewarden init --contract openapi.yaml --upstream http://127.0.0.1:9000
          gatewarden check-config
          gatewarden run

        gatewarden <command> --help tells more, with examples.
        exit code: 0 clean, 1 something was found, 2 it could not run
        """);
    return text.toString();
  }

  static String version() {
    String version = Commands.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }

  /// The names of the verbs.
  static List<String> names() {
    return List.copyOf(VERBS.keySet());
  }
}
