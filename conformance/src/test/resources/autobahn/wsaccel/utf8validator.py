"""Incremental UTF-8 validation: the JDK's decoder for long chunks, else byte by byte."""
from java.lang import String
from java.nio import ByteBuffer
from java.nio.charset import CharacterCodingException, StandardCharsets

LONG_CHUNK_BYTES = 64


class Utf8Validator(object):
    def __init__(self):
        self.reset()

    def reset(self):
        self.missing, self.low, self.high = 0, 0x80, 0xBF
        self.invalid = False
        self.consumed = 0

    def validate(self, chunk):
        """Whether valid so far, whether at the end of a code point, the index here and in total."""
        chunk = str(chunk)
        at_start = not self.missing and not self.invalid
        if not (at_start and len(chunk) > LONG_CHUNK_BYTES and is_whole_and_valid(chunk)):
            for index, byte in enumerate(chunk):
                if self.invalid or not self.accepts(ord(byte)):
                    self.invalid = True
                    self.consumed += index
                    return False, False, index, self.consumed
        self.consumed += len(chunk)
        return True, self.missing == 0, len(chunk), self.consumed

    def accepts(self, byte):
        if self.missing:
            valid = self.low <= byte <= self.high
            self.missing -= 1
            self.low, self.high = 0x80, 0xBF
            return valid
        if 0xC2 <= byte <= 0xDF:
            self.missing = 1
        elif 0xE0 <= byte <= 0xEF:
            self.missing = 2
            self.low, self.high = {0xE0: (0xA0, 0xBF), 0xED: (0x80, 0x9F)}.get(byte, (0x80, 0xBF))
        elif 0xF0 <= byte <= 0xF4:
            self.missing = 3
            self.low, self.high = {0xF0: (0x90, 0xBF), 0xF4: (0x80, 0x8F)}.get(byte, (0x80, 0xBF))
        else:
            return byte < 0x80
        return True


def is_whole_and_valid(chunk):
    encoded = ByteBuffer.wrap(String(chunk).getBytes('ISO-8859-1'))
    try:
        StandardCharsets.UTF_8.newDecoder().decode(encoded)
        return True
    except CharacterCodingException:
        return False
