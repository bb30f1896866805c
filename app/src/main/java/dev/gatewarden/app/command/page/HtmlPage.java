package dev.gatewarden.app.command.page;

/// What every page for a browser begins and ends with: one file that needs nothing else, and runs
/// no script.
public final class HtmlPage {
  public static final String END = "</body>\n</html>\n";

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>$TITLE</title>
      <style>
      :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
      h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
      p { margin: .25rem 0 1rem } .scroll { overflow-x: auto }
      table { border-collapse: collapse; width: 100% }
      th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top }
      thead th { background: var(--soft); position: sticky; top: 0 }
      tbody th { font-weight: 600; white-space: nowrap } tbody th small { display: block; font-weight: 400; opacity: .75 }
      td small { display: block; opacity: .8 }
      .enforced, .good { background: #2a94; } .open { background: none; } .observed { background: #39f3; }
      .excused, .fair { background: #fb34; } .unguarded, .bad { background: #e335; font-weight: 600 }
      @media print { body { font-size: 11px; margin: 0; max-width: none } .scroll { overflow: visible } thead th { position: static }
        tbody th { white-space: normal } tr { break-inside: avoid } * { print-color-adjust: exact } }
      </style>
      </head>
      <body>
      """;

  private HtmlPage() {}

  /// Everything before the content.
  public static String head(String title) {
    return HEAD.replace("$TITLE", escaped(title));
  }

  /// A text that is nothing but text, also within a quoted attribute.
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
