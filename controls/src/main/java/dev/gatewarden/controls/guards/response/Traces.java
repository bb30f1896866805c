package dev.gatewarden.controls.guards.response;

import dev.gatewarden.core.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Finds in a body what runtimes, frameworks and databases write when something of theirs fails.
final class Traces {
  /// How much of a body is looked at, in bytes: a trace stands at its beginning, or fills it.
  private static final int MOST = 128 * 1024;

  /// What nobody writes who does not mean it.
  private static final List<byte[]> MARKS =
      marks(
          // Java and its kin
          "Exception in thread \"",
          "java.lang.",
          "java.util.concurrent.",
          "java.sql.SQL",
          "org.springframework.",
          "org.hibernate.",
          "jakarta.servlet.",
          "javax.servlet.",
          "(Native Method)",
          "(Unknown Source)",
          // Python
          "Traceback (most recent call last)",
          "Werkzeug Debugger",
          "django.core.exceptions",
          // PHP
          "PHP Fatal error",
          "PHP Warning",
          "<b>Fatal error</b>",
          "<b>Warning</b>:",
          "Stack trace:",
          "Uncaught Error:",
          "Uncaught Exception",
          // .NET
          "System.NullReferenceException",
          "System.Data.SqlClient",
          "Microsoft.Data.SqlClient",
          "Microsoft.AspNetCore.",
          "Server Error in '",
          "--- End of stack trace",
          "--- End of inner exception",
          // Node
          "node:internal/",
          "/node_modules/",
          "UnhandledPromiseRejection",
          // Ruby
          "ActionController::",
          "ActiveRecord::",
          "NoMethodError",
          // Go, Rust, Elixir
          "panic: runtime error",
          "[running]:",
          "' panicked at ",
          "** (Ecto.",
          // databases
          "SQLSTATE",
          "You have an error in your SQL syntax",
          "syntax error at or near",
          "unterminated quoted string",
          "Unclosed quotation mark",
          "quoted string not properly terminated",
          "SQLITE_ERROR",
          "sqlite3.OperationalError",
          "psycopg2.",
          "PSQLException",
          "mysql_fetch_",
          "MySQLSyntaxErrorException",
          "com.mysql.",
          "Microsoft OLE DB Provider",
          "ODBC SQL Server Driver",
          "MongoServerError",
          "E11000 duplicate key");

  /// Ends of file names with a line behind them, as frames of stacks name them.
  private static final List<byte[]> FILES =
      marks(
          ".java:",
          ".kt:",
          ".scala:",
          ".groovy:",
          ".py\", line ",
          ".py\\\", line ",
          ".php:",
          ".php on line ",
          ".php(",
          ".cs:line ",
          ".vb:line ",
          ".js:",
          ".mjs:",
          ".ts:",
          ".rb:",
          ".go:",
          ".rs:",
          ".ex:",
          ".exs:",
          ".erl:",
          ".pl line ");

  private Traces() {}

  private static List<byte[]> marks(String... texts) {
    return List.of(texts).stream().map(each -> each.getBytes(StandardCharsets.US_ASCII)).toList();
  }

  /// Whether a body shows how something failed inside.
  static boolean in(Bytes body) {
    byte[] a = body.array();
    int to = Math.min(body.to(), body.from() + MOST);
    for (int i = body.from(); i < to; i++) {
      if (at(a, i, to)) {
        return true;
      }
    }
    return oracle(a, body.from(), to);
  }

  private static boolean at(byte[] a, int i, int to) {
    byte b = a[i];
    if (b == '.') {
      for (int m = 0; m < FILES.size(); m++) {
        byte[] file = FILES.get(m);
        if (starts(a, i, to, file) && digitAt(a, i + file.length, to)) {
          return true;
        }
      }
      return false;
    }
    for (int m = 0; m < MARKS.size(); m++) {
      byte[] mark = MARKS.get(m);
      if (mark[0] == b && starts(a, i, to, mark)) {
        return true;
      }
    }
    return false;
  }

  /// `ORA-01756` and its kin.
  private static boolean oracle(byte[] a, int from, int to) {
    for (int i = from; i + 9 <= to; i++) {
      if (a[i] == 'O' && a[i + 1] == 'R' && a[i + 2] == 'A' && a[i + 3] == '-') {
        int digits = 0;
        while (digits < 5 && digitAt(a, i + 4 + digits, to)) {
          digits++;
        }
        if (digits == 5) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean digitAt(byte[] a, int i, int to) {
    return i < to && a[i] >= '0' && a[i] <= '9';
  }

  private static boolean starts(byte[] a, int from, int to, byte[] with) {
    if (to - from < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if (a[from + i] != with[i]) {
        return false;
      }
    }
    return true;
  }
}
