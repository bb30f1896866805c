/// The ledger of tokens that services issue: what was seen being issued is accepted, nothing else.
@NullMarked
package dev.gatewarden.gateway.ledger;

import org.jspecify.annotations.NullMarked;
