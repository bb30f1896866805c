package dev.gatewarden.acceptance.framing;

import java.util.ArrayList;
import java.util.List;

/// The ways to write a field of framing so that one reader sees it and another does not.
///
/// The words and places are those that were published of proxies and servers (J. Kettle, 2019 to
/// 2025; A. Klein, 2020; the tables of `smuggler` and of HTTP Request Smuggler; the list of bugs of
/// the HTTP Garden), and every byte that is no character of a token or of a value at every seam.
final class Obfuscations {
  private static final boolean NIGHTLY = Boolean.getBoolean("gatewarden.nightly");

  /// Those that some reader was found to be lenient with.
  private static final String USUAL =
      "\u0000\u0001\b\t\n\u000b\f\r\u001f \",:;/\\\u007f\u0080\u0085\u00a0\u00ad\u00ff";

  private Obfuscations() {}

  /// Lines that say, or nearly say, `Transfer-Encoding: chunked`.
  static List<String> codings() {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Transfer-Encoding: chunked",
                "transfer-encoding: chunked",
                "TRANSFER-ENCODING: CHUNKED",
                "tRANSFER-eNCODING: cHuNkEd",
                "Transfer-Encoding:chunked",
                "Transfer-Encoding:  chunked",
                "Transfer-Encoding: chunked ",
                "Transfer-Encoding: chunked\t",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                " Transfer-Encoding: chunked",
                "\tTransfer-Encoding: chunked",
                "Transfer Encoding: chunked",
                "Transfer_Encoding: chunked",
                "Transfer\\Encoding: chunked",
                "TransferEncoding: chunked",
                "Transfer--Encoding: chunked",
                "Transfer-Encoding x: chunked",
                "Transfer-%45ncoding: chunked",
                "X-Transfer-Encoding: chunked",
                "Content-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: chunk",
                "Transfer-Encoding: x chunked",
                "Transfer-Encoding: chunked x",
                "Transfer-Encoding: cow chunked bar",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: identity, chunked, identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: , chunked",
                "Transfer-Encoding: chunked,",
                "Transfer-Encoding: ,",
                "Transfer-Encoding:",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: 'chunked'",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: chunked; ext",
                "Transfer-Encoding: chunked#",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: chunked\r\nTransfer-encoding: cow",
                "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding:\r\n\tchunked",
                "Transfer-Encoding:\n chunked",
                "Transfer-Encoding\r\n : chunked",
                "Transfer-Encoding\n : chunked",
                "Transfer\r-Encoding: chunked",
                "Transfer-Encoding: chun\r\n ked",
                "X: y\r\n Transfer-Encoding: chunked",
                "X: y\r\n\tTransfer-Encoding: chunked",
                "X: y\rTransfer-Encoding: chunked",
                "X: y\nTransfer-Encoding: chunked",
                "X: y\r\r\nTransfer-Encoding: chunked",
                "X: y\n\rTransfer-Encoding: chunked",
                "X: y\n\nTransfer-Encoding: chunked",
                "X: y\r\n\rTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r",
                "Transfer-Encoding: chunked\n",
                "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked",
                "Connection: close, Transfer-Encoding\r\nTransfer-Encoding: chunked",
                "TE: chunked",
                "TE: trailers, chunked",
                "Trailer: Transfer-Encoding",
                "Transf\u0082r-Encoding: chunked",
                "Transfer-Encoding: ch\u0096nked",
                "Transfer-Encoding: \u00e7hunked",
                ": Transfer-Encoding: chunked",
                ":\r\nTransfer-Encoding: chunked"));
    atSeams("Transfer-Encoding", "chunked", all);
    return all;
  }

  /// Lines that say, or nearly say, how long the body is.
  static List<String> lengths(int length) {
    List<String> all = new ArrayList<>();
    for (String value :
        List.of(
            "+N",
            "-N",
            "-0",
            "0N",
            "000000000000000000000N",
            "0xN",
            "N.0",
            "Ne0",
            "N_",
            "_N",
            "N_0",
            "N ",
            " N",
            "\tN",
            "N\t",
            "N,",
            ",N",
            "N, N",
            "N,N",
            "N, 0",
            "0, N",
            "N 0",
            "\"N\"",
            "'N'",
            "N;x",
            "N\u000b",
            "N\u00a0",
            "\u0085N",
            "N\u0000",
            "N\r\n 0",
            "\r\n N",
            "",
            "N x",
            "(N)",
            "N/1",
            "4294967296",
            "4294967297",
            "18446744073709551615",
            "18446744073709551616",
            "9223372036854775808",
            "99999999999999999999999999",
            "NaN",
            "\u0661",
            "1e3",
            "0b11",
            "0o7")) {
      all.add("Content-Length: " + value.replace("N", Integer.toString(length)));
    }
    String plain = "Content-Length: " + length;
    for (String with :
        List.of(
            "PLAIN\r\nContent-Length: 0",
            "Content-Length: 0\r\nPLAIN",
            "PLAIN\r\nPLAIN",
            "PLAIN\r\ncontent-length: 1",
            "PLAIN\r\nContent_Length: 0",
            "PLAIN\r\nContent-Length : 0",
            "PLAIN\r\n Content-Length: 0",
            "PLAIN\r\nContent-Length\u0000: 0",
            "Content-Length\r\n : 0",
            "Content_Length: 0\r\nPLAIN",
            "X: y\rContent-Length: 0\r\nPLAIN",
            "X: y\nContent-Length: 0\r\nPLAIN",
            "Connection: Content-Length\r\nPLAIN",
            "Connection: close, content-length\r\nPLAIN",
            "X-Content-Length: 0\r\nPLAIN",
            "Content-Length:\r\nPLAIN")) {
      all.add(with.replace("PLAIN", plain));
    }
    atSeams("Content-Length", Integer.toString(length), all);
    return all;
  }

  /// Each byte that is neither of a token nor plainly of a value, before, within and behind name
  /// and
  /// value.
  private static void atSeams(String name, String value, List<String> to) {
    int half = name.indexOf('-');
    for (int b = 0; b < 256; b++) {
      boolean odd = NIGHTLY ? !plain(b) : USUAL.indexOf(b) >= 0;
      if (!odd) {
        continue;
      }
      String at = String.valueOf((char) b);
      to.add(at + name + ": " + value);
      to.add(name.substring(0, half) + at + name.substring(half) + ": " + value);
      to.add(name + at + ": " + value);
      to.add(name + ":" + at + value);
      to.add(name + ": " + value + at);
    }
  }

  private static boolean plain(int b) {
    return b > ' ' && b < 0x7f && "()/:;<=>?@[\\]{}\",".indexOf(b) < 0;
  }

  /// Sizes of a chunk of so many bytes, right and wrong.
  static List<String> sizes(int bytes) {
    String hex = Integer.toHexString(bytes);
    List<String> all = new ArrayList<>();
    for (String form :
        List.of(
            "N",
            "0N",
            "00000N",
            "0000000N",
            "00000000N",
            "0000000000000000N",
            "+N",
            "-N",
            "0xN",
            "0XN",
            "N_",
            "_N",
            "N_0",
            "N ",
            " N",
            "N\t",
            "\tN",
            "N;",
            "N;a",
            "N;a=b",
            "N;a=\"b",
            "N; a = b",
            "N ;a",
            "N;a=\"\r\nX: y",
            "N;\n",
            "N;a\nb",
            "N;a\rb",
            "N\u0000",
            "N\u000b",
            "N\u00a0",
            "N,",
            "N.",
            "N.0",
            "Nh",
            "Ng",
            "NG",
            "1N;N",
            "",
            " ",
            ";",
            "-0",
            "FFFFFFFF",
            "7FFFFFFF",
            "80000000",
            "100000000",
            "10000000000000000",
            "FFFFFFFFFFFFFFFFN",
            "1000000000000000N",
            "N\r",
            "N\r\r",
            "N\n",
            "\nN",
            "\r\nN",
            "\"N\"",
            "N//",
            "N#",
            "\u0661")) {
      all.add(form.replace("N", hex));
    }
    return all;
  }

  /// How a line of the chunked coding may end.
  static List<String> ends() {
    return List.of(
        "\r\n",
        "\n",
        "\r",
        "\r\r\n",
        "\n\r",
        "\n\n",
        "\r\n ",
        " \r\n",
        "",
        "\u0085",
        "\r\u0000\n",
        "\u2028",
        "X",
        "XX",
        "\r\n\r\n",
        ";\r\n",
        "\u000b\r\n");
  }
}
