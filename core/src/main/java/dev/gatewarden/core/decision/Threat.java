package dev.gatewarden.core.decision;

/// The OWASP API Security Top 10 of 2023.
public enum Threat {
  API1_OBJECT_AUTHORIZATION("Broken Object Level Authorization"),
  API2_AUTHENTICATION("Broken Authentication"),
  API3_PROPERTY_AUTHORIZATION("Broken Object Property Level Authorization"),
  API4_RESOURCE_CONSUMPTION("Unrestricted Resource Consumption"),
  API5_FUNCTION_AUTHORIZATION("Broken Function Level Authorization"),
  API6_BUSINESS_FLOWS("Unrestricted Access to Sensitive Business Flows"),
  API7_SSRF("Server Side Request Forgery"),
  API8_MISCONFIGURATION("Security Misconfiguration"),
  API9_INVENTORY("Improper Inventory Management"),
  API10_UNSAFE_CONSUMPTION("Unsafe Consumption of APIs");

  private final String title;

  Threat(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /// The short name, such as `API1`.
  public String label() {
    return name().substring(0, name().indexOf('_'));
  }
}
