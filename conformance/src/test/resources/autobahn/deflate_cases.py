# coding: utf-8
"""Groups 12 and 13, permessage-deflate, which the bundled version of the suite is too old for.

They are made like those of later versions: each case sends a number of messages, 18 sizes and ways
to fragment them, and wants to have each back before it sends the next. 12.* takes five kinds of
data with the parameters that come about by themselves, 13.* asks for seven sets of parameters.
A case fails too when its parameters were not agreed on, or not used for what they are good for.
"""
import os
import sys

from autobahn import compress
from autobahntestsuite import case as cases
from autobahntestsuite.case.case import Case

KIBI = 1024
# Length of a message, and of the frames that it is cut into once it is compressed; 0: into none.
SIZES = ([(length, 0) for length in (16, 64, 256, KIBI, 4 * KIBI)]
         + [(length * KIBI, 0) for length in (8, 16, 32, 64, 128)]
         + [(length * KIBI, 256) for length in (8, 16, 32, 64, 128)]
         + [(128 * KIBI, frame) for frame in (KIBI, 4 * KIBI, 32 * KIBI)])
# File of the suite, and whether its bytes are no text.
DATA = [('data1.json', False), ('lena512.bmp', True), ('pg2229.txt', True), ('data1.html', False),
        ('10.1.1.105.5439.pdf', True)]
# What a peer is asked for: no context takeover, and the bits of the window, 0 for nothing. Of
# several sets it may choose; a server is told the first one first.
BY_ITSELF = [(False, 0)]
PARAMETERS = [BY_ITSELF, [(True, 0)], [(False, 9)], [(False, 15)], [(True, 9)], [(True, 15)],
              [(True, 9), (True, 0), (False, 0)]]
SECONDS_FOR_ANY_CASE, SECONDS_FOR_A_MESSAGE = 20, 0.5


class Offer(compress.PerMessageDeflateOffer):
    """The suite's own parser fails on each number in an offer."""

    @classmethod
    def parse(cls, parameters):
        values = dict((name, values[0]) for name, values in parameters.items())
        client_bits = values.get('client_max_window_bits')
        offer = cls(True, client_bits is not None, 'server_no_context_takeover' in values,
                    int(values.get('server_max_window_bits', 0)))
        offer.client_bits = 15 if client_bits in (None, True) else int(client_bits)
        return offer


class Acceptance(compress.PerMessageDeflateOfferAccept):
    """An accepted offer, in which both sides have the same parameters.

    RFC 7692 allows a server to include what restricts itself, though the client has not asked.
    """

    def __init__(self, offer, without_takeover, bits):
        compress.PerMessageDeflateOfferAccept.__init__(
            self, offer, without_takeover, bits,
            noContextTakeover=without_takeover or offer.requestNoContextTakeover,
            windowBits=min(bits or 15, offer.requestMaxWindowBits or 15))

    def getExtensionString(self):
        said = [self.EXTENSION_NAME]
        if self.noContextTakeover:
            said.append('server_no_context_takeover')
        if self.windowBits < 15 or self.requestMaxWindowBits or self.offer.requestMaxWindowBits:
            said.append('server_max_window_bits=%d' % self.windowBits)
        if self.requestNoContextTakeover:
            said.append('client_no_context_takeover')
        if self.requestMaxWindowBits:
            said.append('client_max_window_bits=%d' % self.requestMaxWindowBits)
        return '; '.join(said)


class DeflateCase(Case, object):
    EXPECTATION = 'Each message comes back, and then the connection closes.'

    def __init__(self, protocol):
        Case.__init__(self, protocol)

    def init(self):
        self.reportTime = True
        self.expectedClose = {'closedByMe': True, 'requireClean': True,
                              'closeCode': [self.p.CLOSE_STATUS_CODE_NORMAL]}
        self.echoed = 0
        if self.p.factory.isServer:
            self.p.perMessageCompressionAccept = self.accept_offer
        else:
            # RFC 7692 §7.1.1.2: a hint that this side does without takeover. In group 13 it comes
            # only where the peer shall do without, too, so that there is takeover both ways.
            self.p.perMessageCompressionOffers = [
                Offer(self.group == 12 or without_takeover, True, without_takeover, bits)
                for without_takeover, bits in self.parameters]
            self.p.perMessageCompressionAccept = compress.PerMessageDeflateResponseAccept

    def accept_offer(self, offers):
        """Takes the parameters that come first, in an offer that allows them."""
        for without_takeover, bits in self.parameters:
            for offer in offers:
                if isinstance(offer, Offer) and (not bits or offer.acceptMaxWindowBits):
                    return Acceptance(offer, without_takeover, min(bits, offer.client_bits))
        return None

    def onOpen(self):
        self.p.enableWirelog(False)
        self.p.autoFragmentSize = self.frame_length
        agreed = self.p._perMessageCompress
        if agreed is None:
            self.behavior = Case.UNIMPLEMENTED
            self.finish('permessage-deflate was not agreed on')
        elif not any(self.fits(agreed, *wanted) for wanted in self.parameters):
            self.finish('%s is not what was asked for' % agreed)
        else:
            self.result = 'The echoes took too long.'
            self.p.closeAfter(SECONDS_FOR_ANY_CASE + self.messages * SECONDS_FOR_A_MESSAGE)
            self.send()

    def fits(self, agreed, without_takeover, bits):
        """Whether the parameters hold for what the peer sends."""
        if self.p.factory.isServer:
            agreed_without, agreed_bits = (agreed.client_no_context_takeover,
                                           agreed.client_max_window_bits)
        else:
            agreed_without, agreed_bits = (agreed.server_no_context_takeover,
                                           agreed.server_max_window_bits)
        return agreed_without >= without_takeover and agreed_bits <= (bits or 15)

    def send(self):
        self.sent = self.source.part(self.echoed, self.length)
        self.p.sendMessage(self.sent, self.source.binary)

    def onMessage(self, message, binary):
        if binary != self.source.binary or message != self.sent:
            self.finish('Echo %d differs from what was sent.' % (self.echoed + 1))
            return
        # The data of group 13 compress well; of the others a peer may send some as they are.
        if self.group == 13 and self.length >= KIBI and not self.p._isMessageCompressed:
            self.finish('Echo %d is not compressed.' % (self.echoed + 1))
            return
        self.echoed += 1
        if self.echoed < self.messages:
            self.send()
        else:
            self.behavior = Case.OK
            self.finish('%d messages echoed, %s' % (self.echoed, self.p._perMessageCompress))

    def finish(self, result):
        self.result = result
        self.p.sendClose(self.p.CLOSE_STATUS_CODE_NORMAL)


class Source(object):
    """A file, from which messages are taken one after the other, and again from its beginning."""

    def __init__(self, name, binary):
        self.name, self.binary = name, binary
        folder = os.path.dirname(sys.modules['autobahntestsuite'].__file__)
        with open(os.path.join(folder, 'testdata', name), 'rb') as opened:
            content = opened.read()
        # Of text it takes characters, so that no message begins or ends inside one.
        self.content = content if binary else content.decode('utf-8')

    def part(self, number, length):
        start = number * length % len(self.content)
        taken = self.content[start:start + length]
        while len(taken) < length:
            taken += self.content[:length - len(taken)]
        return taken if self.binary else taken.encode('utf-8')


def add(group, subgroup, source, parameters, title, messages):
    cases.CaseSubCategories['%d.%d' % (group, subgroup)] = title
    for number, (length, frame_length) in enumerate(SIZES, 1):
        described = 'Send %d messages of length %d, compressed, in frames of %d (0: one frame), %s.'
        cases.Cases.append(type('Case%d_%d_%d' % (group, subgroup, number), (DeflateCase,), {
            'DESCRIPTION': described % (messages, length, frame_length, title),
            'group': group, 'source': source, 'parameters': parameters, 'messages': messages,
            'length': length, 'frame_length': frame_length}))


def register(messages):
    """Makes the cases known to the suite, each with this number of messages."""
    compress.PERMESSAGE_COMPRESSION_EXTENSION[Offer.EXTENSION_NAME]['Offer'] = Offer
    sources = [Source(name, binary) for name, binary in DATA]
    for number, source in enumerate(sources, 1):
        add(12, number, source, BY_ITSELF, source.name, messages)
    for number, parameters in enumerate(PARAMETERS, 1):
        title = ' or '.join('%s takeover and %s window bits' % (without and 'no' or 'any',
                                                                bits or 'any')
                            for without, bits in parameters)
        add(13, number, sources[0], parameters, title, messages)
    cases.CaseCategories['13'] = 'WebSocket Compression (parameters)'
