package dev.gatewarden.gateway.reply;

/// What the caller sees of a refusal: one word and one title for each status, the same for every
/// reason behind it.
enum Status {
  BAD_REQUEST(400, "Bad Request"),
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  NOT_ACCEPTABLE(406, "Not Acceptable"),
  REQUEST_TIMEOUT(408, "Request Timeout"),
  CONFLICT(409, "Conflict"),
  GONE(410, "Gone"),
  LENGTH_REQUIRED(411, "Length Required"),
  PRECONDITION_FAILED(412, "Precondition Failed"),
  CONTENT_TOO_LARGE(413, "Content Too Large"),
  URI_TOO_LONG(414, "URI Too Long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  MISDIRECTED_REQUEST(421, "Misdirected Request"),
  UNPROCESSABLE_CONTENT(422, "Unprocessable Content"),
  TOO_EARLY(425, "Too Early"),
  TOO_MANY_REQUESTS(429, "Too Many Requests"),
  HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
  INTERNAL_SERVER_ERROR(500, "Internal Server Error"),
  NOT_IMPLEMENTED(501, "Not Implemented"),
  BAD_GATEWAY(502, "Bad Gateway"),
  SERVICE_UNAVAILABLE(503, "Service Unavailable"),
  GATEWAY_TIMEOUT(504, "Gateway Timeout"),
  VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

  private static final Status[] BY_CODE = new Status[600];

  static {
    for (Status status : values()) {
      BY_CODE[status.code] = status;
    }
  }

  private final int code;
  private final String title;

  Status(int code, String title) {
    this.code = code;
    this.title = title;
  }

  /// The row of a status; one that no row has is an internal error, so that nothing unforeseen is
  /// told.
  static Status of(int code) {
    Status status = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    return status == null ? INTERNAL_SERVER_ERROR : status;
  }

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  String title() {
    return title;
  }

  /// Whether the reason's own summary stays inside: what is not found says only that, foreign or
  /// absent, and what broke says nothing of how.
  boolean hidesReason() {
    return this == NOT_FOUND || this == INTERNAL_SERVER_ERROR || this == BAD_GATEWAY;
  }

  /// What is said in the reason's place.
  String summary() {
    return switch (this) {
      case NOT_FOUND -> "there is nothing here for you";
      case BAD_GATEWAY -> "the service behind the gate did not answer as it promised";
      default -> "the gate cannot answer this request";
    };
  }
}
