/// What is wrong with an API, as audits of its contract and probes of its service say it: findings,
/// what would end them, and how much they weigh.
@NullMarked
package dev.gatewarden.core.finding;

import org.jspecify.annotations.NullMarked;
