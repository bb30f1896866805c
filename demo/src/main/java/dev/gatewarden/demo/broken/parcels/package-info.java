/// A parcel service: sequential ids, plain JSON, opaque tokens.
@NullMarked
package dev.gatewarden.demo.broken.parcels;

import org.jspecify.annotations.NullMarked;
