/** DEFLATE (RFC 1951) as permessage-deflate uses it (RFC 7692). */
@NullMarked
package dev.priz.protocol.deflate;

import org.jspecify.annotations.NullMarked;
