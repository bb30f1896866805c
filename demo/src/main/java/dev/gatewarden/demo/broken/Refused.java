package dev.gatewarden.demo.broken;

/// Ends the handling of a request with a refusal.
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final String header;
  private final String value;

  public Refused(int status, String title) {
    this(status, title, "", "");
  }

  /// @param header to be sent along, or the empty text
  public Refused(int status, String title, String header, String value) {
    super(title, null, false, false);
    this.status = status;
    this.title = title;
    this.header = header;
    this.value = value;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String header() {
    return header;
  }

  public String value() {
    return value;
  }
}
