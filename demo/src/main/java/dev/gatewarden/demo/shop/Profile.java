package dev.gatewarden.demo.shop;

/// Who somebody is to the shop.
public record Profile(String id, String displayName, String email, String role) {}
