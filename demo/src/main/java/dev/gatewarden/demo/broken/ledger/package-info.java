/// A ledger for programs: snake_case, API keys, webhooks, uploads, versions.
@NullMarked
package dev.gatewarden.demo.broken.ledger;

import org.jspecify.annotations.NullMarked;
