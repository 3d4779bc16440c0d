// permessage-deflate (RFC 7692): the agreement with the server, what is sent compressed, and what comes back so.
#pragma once

#include "load.h"

// As browsers offer it.
#define DEFLATE_OFFER "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"

// Takes the server's answer to the offer; ends the program if it is not an agreement.
void agree_on_deflate(struct connection *c, const char *response);
void forget_agreement(struct connection *c);

// Room for a message of so many bytes, however little zlib makes of it.
size_t max_compressed_bytes(size_t bytes);
// Compresses a message that stands alone, so that it is right with and without context takeover; returns its length.
size_t compress_message(const uint8_t *bytes, size_t count, uint8_t *to, size_t room);

// Inflates a part of a message and compares it with what was sent.
void receive_compressed(struct connection *c, const uint8_t *bytes, size_t count);
void end_compressed(struct connection *c);
