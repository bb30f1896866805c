/// APIs whose contracts others wrote, with the faults of their services, protected by what is laid
/// over the contract and nothing else.
@NullMarked
package dev.gatewarden.acceptance.unfamiliar;

import org.jspecify.annotations.NullMarked;
