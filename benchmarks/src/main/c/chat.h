// Messages of a chat, as JSON.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { MIN_CHAT_BYTES = 16 };

// Writes one of so many bytes, at least MIN_CHAT_BYTES, the same for the same seed and another for another.
void write_chat(uint8_t *to, size_t bytes, uint64_t seed);
