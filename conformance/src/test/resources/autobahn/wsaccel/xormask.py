"""Masking, many bytes at a time."""
from java.lang import String
from java.util import BitSet
from org.python.core import Py


class XorMaskerNull(object):
    def __init__(self, mask=None):
        self.masked = 0

    def pointer(self):
        return self.masked

    def reset(self):
        self.masked = 0

    def process(self, data):
        self.masked += len(data)
        return data


class XorMasker(XorMaskerNull):
    def __init__(self, mask):
        XorMaskerNull.__init__(self)
        self.mask = str(mask)

    def process(self, data):
        count, offset = len(data), self.masked & 3
        self.masked += count
        if count == 0:
            return ''
        turned = self.mask[offset:] + self.mask[:offset]
        return xor(str(data), (turned * (count // 4 + 1))[:count])


def xor(data, mask):
    bits = bits_of(data)
    bits.xor(bits_of(mask))
    done = Py.newString(String(bits.toByteArray(), 'ISO-8859-1'))
    return done + '\0' * (len(data) - len(done))  # a BitSet ends at its last set bit


def bits_of(data):
    return BitSet.valueOf(String(data).getBytes('ISO-8859-1'))


def createXorMasker(mask, length=None):
    return XorMasker(mask)
