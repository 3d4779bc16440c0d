"""Stands in for Jython's zlib, of which the suite makes few calls.

That is on java.util.zip, whose window is always 32 KiB: a suite that agreed to 9 bits would
refer to bytes further back, and would not notice a peer that does. This one is on JZlib.
"""
from com.jcraft.jzlib import Deflater, Inflater, JZlib
from java.io import ByteArrayOutputStream
from java.lang import String
from jarray import zeros
from org.python.core import Py

MAX_WBITS, DEFLATED = 15, 8
Z_DEFAULT_COMPRESSION = JZlib.Z_DEFAULT_COMPRESSION
Z_NO_FLUSH, Z_SYNC_FLUSH = JZlib.Z_NO_FLUSH, JZlib.Z_SYNC_FLUSH
OUTPUT_BYTES = 64 * 1024


class error(Exception):
    pass


class Stream(object):
    """Input and output of a JZlib stream, which is raw: its bits are negative, as in zlib."""

    def __init__(self, stream, step):
        self.stream, self.step = stream, step
        self.output = zeros(OUTPUT_BYTES, 'b')

    def convert(self, data, flush):
        stream, made = self.stream, ByteArrayOutputStream()
        stream.setInput(String(data).getBytes('ISO-8859-1'))
        more = True
        while more:
            stream.setOutput(self.output)
            status = self.step(flush)
            # Without input or room there is nothing to do, which is no error of the data.
            if status not in (JZlib.Z_OK, JZlib.Z_BUF_ERROR):
                raise error('status %d: %s' % (status, stream.getMessage()))
            made.write(self.output, 0, OUTPUT_BYTES - stream.getAvailOut())
            more = stream.getAvailOut() == 0
        if stream.getAvailIn():
            raise error('%d bytes are left' % stream.getAvailIn())
        return Py.newString(made.toString('ISO-8859-1'))


class Compressor(Stream):
    def __init__(self, level, bits, memory_level):
        deflater = Deflater(level, bits, memory_level, JZlib.W_NONE)
        Stream.__init__(self, deflater, deflater.deflate)

    def compress(self, data):
        return self.convert(data, Z_NO_FLUSH)

    def flush(self, mode):
        return self.convert('', mode)


class Decompressor(Stream):
    def __init__(self, bits):
        inflater = Inflater(bits, JZlib.W_NONE)
        Stream.__init__(self, inflater, inflater.inflate)

    def decompress(self, data):
        return self.convert(data, Z_SYNC_FLUSH)


def compressobj(level, method, bits, memory_level):
    assert method == DEFLATED and bits < 0
    return Compressor(level, -bits, memory_level)


def decompressobj(bits):
    assert bits < 0
    return Decompressor(-bits)
